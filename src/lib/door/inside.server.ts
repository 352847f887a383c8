import { permit, type Viewer } from '../kernel/viewer.ts';
import { stand } from './arrival.ts';
import * as arrivals from './arrivals.server.ts';
import * as expected from './expected.server.ts';
import { countExpected } from './find.ts';
import type { Words } from '../i18n/words.ts';

/** An event as its doors have it. */
export type Inside = {
	id: string;
	name: Words;
	inside: number;
	expected: number;
	/** those who said yes and are not in, household by household */
	missing: { id: string; name: string; guests: string[] }[];
	/** those who are in without having said yes, or being on the list */
	others: string[];
};

/** Who is in at each event, and who is missing. */
export async function read(viewer: Viewer): Promise<Inside[]> {
	permit(viewer, 'door:read');
	const list = await expected.read(viewer);
	const { arrivals: facts } = await arrivals.list(viewer);
	return list.events.map(({ id, name }) => {
		const standing = stand(facts, id);
		const isIn = (guestId: string) => standing.get(guestId)?.isInside ?? false;
		const comes = new Set<string>();
		const missing = list.households.flatMap((household) => {
			const coming = household.guests.filter(({ asked }) => asked[id]?.state === 'yes');
			for (const guest of coming) comes.add(guest.id);
			const guests = coming.filter((guest) => !isIn(guest.id)).map((guest) => guest.name);
			return guests.length ? [{ id: household.id, name: household.name, guests }] : [];
		});
		const names = new Map(list.households.flatMap(({ guests }) => guests.map((one) => [one.id, one.name])));
		const all = [...standing].filter(([, { isInside }]) => isInside);
		const others = all
			.filter(([person]) => !comes.has(person))
			.map(([person, { walkInName }]) => names.get(person) ?? walkInName);
		return { id, name, inside: all.length, expected: countExpected(list, id), missing, others };
	});
}
