import { fold } from '../kernel/text/fold.ts';

export const WISHES = ['together', 'apart', 'near', 'far', 'beside', 'at'] as const;
export type WishKind = (typeof WISHES)[number];
export const MOST_WISHES = 300;

/** Who or what a wish is about. */
export type Side = { guestId: string } | { householdId: string } | { tagId: string };

export type Wish = {
	id: string;
	kind: WishKind;
	/** it must hold; otherwise it would be nice */
	isHard: boolean;
	side: Side;
	/** null where it is about a table */
	other: Side | null;
	tableNumber: number | null;
};

/** A wish as it is read. */
export type NamedWish = Wish & { name: string; otherName: string };

/** Whom a wish can be about. */
export type Candidate = { kind: 'guest' | 'household' | 'tag'; id: string; name: string; label: string };

/** The one that is typed; else those whose name has it in it. */
export function findTyped(all: Candidate[], typed: string): Candidate[] {
	const sought = fold(typed);
	if (!sought) return [];
	const labelled = all.filter(({ label }) => fold(label) === sought);
	if (labelled.length === 1) return labelled;
	const named = all.filter(({ name }) => fold(name) === sought);
	return named.length ? named : all.filter(({ name }) => fold(name).includes(sought));
}
