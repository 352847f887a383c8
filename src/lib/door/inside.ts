import type { Words } from '../i18n/words.ts';
import { type Arrival, type Standing, stand } from './arrival.ts';
import type { Expected, ExpectedGuest } from './expected.ts';
import { countExpected } from './find.ts';
import { listTables } from './seats.ts';

/** An event as its doors have it. */
export type Inside = {
	id: string;
	name: Words;
	inside: number;
	expected: number;
	/** those who said yes and are not in, household by household */
	missing: { id: string; name: string; guests: string[] }[];
	/** those with a seat who said yes, or are in all the same */
	tables: { table: number; name: string; inside: number; expected: number; missing: string[] }[];
	/** those of the list who are in without having said yes */
	others: string[];
	/** those who are in and not on the list */
	walkIns: string[];
};

/** Who is in at each event, and who is missing. */
export function compare(list: Expected, facts: Arrival[]): Inside[] {
	return list.events.map(({ id, name }) => {
		const standing = stand(facts, id);
		const isIn = (guest: ExpectedGuest) => standing.get(guest.id)?.isInside ?? false;
		const isComing = ({ asked }: ExpectedGuest) => asked[id]?.state === 'yes';
		const isMissing = (guest: ExpectedGuest) => isComing(guest) && !isIn(guest);
		const missing = list.households
			.map((one) => ({ ...one, guests: one.guests.filter(isMissing).map((guest) => guest.name) }))
			.filter(({ guests }) => guests.length)
			.map(({ id, name, guests }) => ({ id, name, guests }));
		const tables = listTables(list, id)
			.map(({ table, name, guests }) => {
				const seated = guests.map(({ guest }) => guest).filter((guest) => isComing(guest) || isIn(guest));
				const missing = seated.filter(isMissing).map((guest) => guest.name);
				return { table, name, inside: seated.length - missing.length, expected: seated.length, missing };
			})
			.filter(({ expected }) => expected > 0);
		const guests = list.households.flatMap((one) => one.guests);
		const others = guests.filter((guest) => isIn(guest) && !isComing(guest)).map((guest) => guest.name);
		const walkIns = listWalkIns(standing);
		// also those who were taken off the list since
		const inside = [...standing.values()].filter((one) => one.isInside).length;
		return { id, name, inside, expected: countExpected(list, id), missing, tables, others, walkIns };
	});
}

const listWalkIns = (standing: Map<string, Standing>): string[] =>
	[...standing.values()]
		.filter(({ isInside, guestId }) => isInside && !guestId)
		.map(({ walkInName }) => walkInName);
