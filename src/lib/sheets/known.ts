import { fold } from '../kernel/text/fold.ts';
import type * as people from '../people/bulk.ts';

/** A guest as a table can say it: with what they eat, which is kept elsewhere than the list. */
type WithDiet = { diet: string };
export type GuestState = people.GuestState & WithDiet;
export type KnownGuest = people.KnownGuest & WithDiet;
export type Known = Omit<people.Known, 'guests'> & { guests: KnownGuest[] };
export type Changes = people.Changes<GuestState>;

export function addDiets(homes: people.Known[], diets: Map<string, string>): Known[] {
	return homes.map(({ guests, ...home }) => ({
		...home,
		guests: guests.map((guest) => ({ ...guest, diet: diets.get(guest.id) ?? '' }))
	}));
}

export type Place = { home: Known; guest: KnownGuest };

/** The list as it is, found by what a table can say of it. */
export class List {
	#byName = new Map<string, Known[]>();
	#byEmail = new Map<string, Place[]>();
	#byGuest = new Map<string, Place[]>();

	constructor(homes: Known[]) {
		for (const home of homes) {
			put(this.#byName, fold(home.name), home);
			for (const guest of home.guests) {
				if (guest.email) put(this.#byEmail, guest.email.toLowerCase(), { home, guest });
				put(this.#byGuest, fold(guest.name), { home, guest });
			}
		}
	}

	named(name: string): Known[] {
		return this.#byName.get(fold(name)) ?? [];
	}

	withEmail(email = ''): Place[] {
		return this.#byEmail.get(email.toLowerCase()) ?? [];
	}

	withGuest(name: string): Place[] {
		return this.#byGuest.get(fold(name)) ?? [];
	}
}

function put<Value>(map: Map<string, Value[]>, key: string, value: Value) {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}
