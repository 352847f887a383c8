import { may, type Role, type Viewer } from '#lib/kernel/viewer.ts';
import { all } from '#lib/kernel/domain.ts';

/** `group` is what several of them have in common; a link without one stands for itself. */
export type Link = { href: string; label: string; group?: string };

/** Where this viewer can go from the guest's pages or the couple's, as the domains say, in the viewer's language. */
export async function links(viewer: Viewer, section: Role): Promise<Link[]> {
	const allowed = all().flatMap(({ navigation, isThere }) =>
		(navigation?.[section] ?? [])
			.filter(({ right }) => may(viewer, right))
			.map((entry) => ({ ...entry, isThere: isThere?.[entry.href]?.(viewer) ?? true }))
	);
	const shown = await Promise.all(
		allowed.map(async ({ isThere, ...entry }) => ((await isThere) ? [entry] : []))
	);
	return shown
		.flat()
		.sort((one, other) => one.place - other.place)
		.map(({ href, label, group }) => ({ href, label: label(), group: group?.() }));
}
