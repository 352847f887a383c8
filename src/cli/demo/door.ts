import { clock } from '../../lib/kernel/clock.ts';
import type { Viewer } from '../../lib/kernel/viewer.ts';
import type { Arrival } from '../../lib/door/arrival.ts';
import * as arrivals from '../../lib/door/arrivals.server.ts';
import * as expected from '../../lib/door/expected.server.ts';
import * as phones from '../../lib/door/phones.server.ts';

/** As if the first guests were at the church already: half of those who said yes are in, and an uncle nobody expected. */
export async function fill(viewer: Viewer): Promise<void> {
	await phones.add(viewer, 'Church door');
	const { events, households } = await expected.read(viewer);
	const eventId = events[0]!.id;
	const now = clock.now().getTime();
	const come = households
		.flatMap(({ guests }) => guests)
		.filter(({ asked }) => asked[eventId]?.state === 'yes')
		.filter((_, n) => n % 2 === 0);
	const noted = (person: Pick<Arrival, 'guestId' | 'walkInId' | 'walkInName'>, n: number): Arrival => ({
		...{ id: crypto.randomUUID(), eventId, kind: 'in', undoesId: null, at: now - (n + 1) * 90_000 },
		...person
	});
	const facts = come.map(({ id }, n) => noted({ guestId: id, walkInId: null, walkInName: '' }, n));
	const uncle = { guestId: null, walkInId: crypto.randomUUID(), walkInName: 'Uncle Piet' };
	await arrivals.report(viewer, { now, after: '0', arrivals: [...facts, noted(uncle, 0)] });
}
