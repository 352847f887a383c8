import type { Words } from '../i18n/words.ts';
import { type Arrival, type Standing, stand } from './arrival.ts';
import type { Expected, ExpectedGuest } from './expected.ts';
import { countExpected } from './find.ts';
import { listTables } from './seats.ts';

/** Some of a household, by their names. */
export type Some = { id: string; name: string; guests: string[] };

/** An event as its doors have it. */
export type Inside = {
	id: string;
	name: Words;
	inside: number;
	expected: number;
	/** those of the list who are in, household by household */
	present: Some[];
	/** those who said yes and are not in */
	missing: Some[];
	/** those with a seat who are in, and those who said yes and are not */
	tables: { table: number; name: string; present: string[]; missing: string[] }[];
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
		const tables = listTables(list, id).map(({ table, name, guests }) => {
			const seated = guests.map(({ guest }) => guest);
			return { table, name, present: pick(seated, isIn), missing: pick(seated, isMissing) };
		});
		const guests = list.households.flatMap((one) => one.guests);
		return {
			...{ id, name, expected: countExpected(list, id) },
			// also those who were taken off the list since
			inside: [...standing.values()].filter(({ isInside }) => isInside).length,
			present: pickHouseholds(list, isIn),
			missing: pickHouseholds(list, isMissing),
			tables: tables.filter(({ present, missing }) => present.length + missing.length > 0),
			others: pick(guests, (guest) => isIn(guest) && !isComing(guest)),
			walkIns: listWalkIns(standing)
		};
	});
}

type Claim = (guest: ExpectedGuest) => boolean;

const pick = (guests: ExpectedGuest[], isMeant: Claim) => guests.filter(isMeant).map(({ name }) => name);

const pickHouseholds = ({ households }: Expected, isMeant: Claim): Some[] =>
	households
		.map(({ id, name, guests }) => ({ id, name, guests: pick(guests, isMeant) }))
		.filter(({ guests }) => guests.length);

const listWalkIns = (standing: Map<string, Standing>): string[] =>
	[...standing.values()]
		.filter(({ isInside, guestId }) => isInside && !guestId)
		.map(({ walkInName }) => walkInName);
