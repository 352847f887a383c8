/** A phone at the entrance, as the couple sees it. */
export type Phone = {
	id: string;
	name: string;
	/** null until the link was opened on it */
	enteredAt: Date | null;
	/** when it last brought or fetched something */
	heardAt: Date | null;
	/** whether its link, not yet used, still lets somebody in */
	isOpen: boolean;
};

/** How long the link for a phone works: it is shown, and scanned there and then. */
export const LINK_HOURS = 24;

export const MOST_PHONES = 20;

/** Arrivals in one report; a phone with more sends several. */
export const MOST_AT_ONCE = 1000;
