import type { Addressee } from '../people/guest.ts';
import { findAddressees } from '../people/guest.ts';
import { findStage, type Household } from '../people/household.ts';
import type { Asked } from '../rsvp/answers.ts';

export const SAID = ['yes', 'no', 'silent'] as const;
export type Said = (typeof SAID)[number];

/** For whom a mailing is: households. Without an event it is about any part of the day. */
export type Audience =
	| { to: 'everybody' | 'uninvited' }
	| { to: 'asked'; event: string; said: Said | '' }
	| { to: 'tags'; tags: string[] }
	| { to: 'chosen'; households: string[] };

/** Whether of what these were asked somebody says yes, all say no, or somebody has said nothing yet. */
export function says(asked: Pick<Asked, 'state'>[], said: Said | ''): boolean {
	if (asked.length === 0) return false;
	if (said === 'yes') return asked.some(({ state }) => state === 'yes');
	if (said === 'no') return asked.every(({ state }) => state === 'no');
	return said === '' || asked.some(({ state }) => state === null);
}

/** Those whom it is for, of all; `answers` are everybody's. */
export function choose(households: Household[], audience: Audience, answers: Asked[]): Household[] {
	switch (audience.to) {
		case 'everybody':
			return households;
		case 'uninvited':
			return households.filter((household) => findStage(household) === 'uninvited');
		case 'tags': {
			const wanted = new Set(audience.tags);
			return households.filter(({ tags }) => tags.some(({ id }) => wanted.has(id)));
		}
		case 'chosen': {
			const wanted = new Set(audience.households);
			return households.filter(({ id }) => wanted.has(id));
		}
		case 'asked': {
			const { event, said } = audience;
			const about = answers.filter(({ eventId }) => !event || eventId === event);
			const byHousehold = Map.groupBy(about, ({ householdId }) => householdId);
			return households.filter(({ id }) => says(byHousehold.get(id) ?? [], said));
		}
	}
}

/** Why an address gets nothing. */
export type Obstacle = 'no_address' | 'bounced' | 'complained' | 'unsubscribed';

type Named = Pick<Household, 'id' | 'name' | 'language'>;
export type Reached = { household: Named; addressees: Addressee[] };
export type Missed = { household: Named; address: string; obstacle: Obstacle };
export type Reach = { reached: Reached[]; missed: Missed[] };

type FindObstacle = (address: string) => Obstacle | undefined;

/** Exactly who gets it, each address once, and who cannot. */
export function reach(households: Household[], findObstacle: FindObstacle): Reach {
	const found: Reach = { reached: [], missed: [] };
	for (const { id, name, language, guests } of households) {
		const household = { id, name, language };
		const all = findAddressees(guests);
		if (all.length === 0) found.missed.push({ household, address: '', obstacle: 'no_address' });
		const addressees = all.filter(({ address }) => {
			const obstacle = findObstacle(address);
			if (obstacle) found.missed.push({ household, address, obstacle });
			return !obstacle;
		});
		if (addressees.length > 0) found.reached.push({ household, addressees });
	}
	return found;
}

/** How many emails that is. */
export function countAddresses({ reached }: Pick<Reach, 'reached'>): number {
	return reached.reduce((total, { addressees }) => total + addressees.length, 0);
}

/** How many of those who get it read which language. */
export function countLanguages({
	reached
}: Pick<Reach, 'reached'>): [language: string, households: number][] {
	const groups = Map.groupBy(reached, ({ household }) => household.language);
	return [...groups].map(([language, some]) => [language, some.length]);
}
