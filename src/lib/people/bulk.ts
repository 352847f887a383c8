/** A household and a guest as somebody types them, for whoever changes many at once. */
export type HouseholdState = {
	name: string;
	language: string;
	address: string;
	phone: string;
	plusOnes: number;
	note: string;
	/** names of its groups */
	tags: string[];
};
export type GuestState = {
	householdId: string;
	name: string;
	email: string | null;
	isChild: boolean;
	position: number;
};

export type KnownGuest = { id: string } & Omit<GuestState, 'householdId'>;
export type Known = { id: string; guests: KnownGuest[] } & HouseholdState;

/** From what to what; null before is one who is new, null after one who goes. */
export type Step<State> = { id: string; before: State | null; after: State | null };
/** Whoever knows more of a guest carries it along. */
export type Changes<Guest = GuestState> = { households: Step<HouseholdState>[]; guests: Step<Guest>[] };

/** What takes these changes back. */
export function reverse<Guest>({ households, guests }: Changes<Guest>): Changes<Guest> {
	const turn = <State>({ id, before, after }: Step<State>) => ({ id, before: after, after: before });
	return { households: households.map(turn), guests: guests.map(turn) };
}
