/** A place to go to, and whether one is there; several may have a `group` in common. */
export type Place = { href: string; label: string; group?: string; current?: boolean };

/** Places that stand together, by the words of their group, or one that stands for itself. */
export type PlaceGroup = { label: string; href: string; current: boolean; isAlone: boolean; places: Place[] };

/** Each group once, where the first of its places stands. */
export function inGroups(places: readonly Place[]): PlaceGroup[] {
	const names = [...new Set(places.map(({ group, href }) => group ?? href))];
	return names.map((name) => {
		const own = places.filter(({ group, href }) => (group ?? href) === name);
		const { group, label, href } = own[0]!;
		const current = own.some((place) => place.current);
		return { label: group ?? label, href, current, isAlone: !group, places: own };
	});
}
