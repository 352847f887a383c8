import { queues } from '../app/domains.ts';
import { after, HOUR } from '#lib/kernel/clock.ts';
import { db, pool } from '#lib/kernel/db/db.server.ts';
import * as jobs from '#lib/kernel/jobs/jobs.server.ts';
import { makeCode, digest, makeSecret } from '#lib/kernel/token.ts';
import type { HouseholdDetails } from '#lib/people/household.schema.ts';
import { CODE_LENGTH } from '#lib/people/household.ts';
import * as households from '#lib/people/households.server.ts';
import type { Role, Viewer } from '#lib/kernel/viewer.ts';

declare module '#lib/kernel/jobs/jobs.server.ts' {
	interface Queues {
		[name: `test.${string}`]: { n: number };
	}
}

/** For tests: a wedding of its own for each, so that none has to clean up after another. */
export async function makeWedding(names = 'Anna & Ben') {
	const mark = makeCode(10).toLowerCase();
	const { id: weddingId } = await db.wedding.create({
		data: { names, host: `${mark}.example`, place: 'Utrecht', heldOn: new Date('2066-06-12') }
	});
	const couple = await member(weddingId, 'couple', `anna-${mark}@example.org`);
	const helper = await member(weddingId, 'helper', `helper-${mark}@example.org`);
	const email = `riet-${mark}@example.org`;
	const household = await db.household.create({
		data: {
			weddingId,
			name: 'Oma Riet & Opa Wim',
			language: 'nl',
			code: makeCode(CODE_LENGTH),
			guests: {
				create: [
					{ weddingId, name: 'Riet', email, position: 0 },
					{ weddingId, name: 'Wim', position: 1 }
				]
			}
		},
		include: { guests: { orderBy: { position: 'asc' } } }
	});
	const [riet, wim] = household.guests as unknown as [Guest, Guest];
	const guest: Viewer = { role: 'guest', weddingId, householdId: household.id, guestId: riet.id };
	const stranger: Viewer = { role: 'nobody', weddingId };
	return { weddingId, mark, email, couple, helper, household, riet, wim, guest, stranger };
}

type Guest = { id: string; name: string; email: string | null };

export type Member = Viewer & { accountId: string; email: string };

async function member(weddingId: string, role: Role & ('couple' | 'helper'), email: string): Promise<Member> {
	const account = await db.account.create({ data: { email, members: { create: { weddingId, role } } } });
	return { role, weddingId, accountId: account.id, email };
}

/** As from a page that was opened just now. */
export async function editHousehold(viewer: Viewer, id: string, details: HouseholdDetails): Promise<void> {
	const { version } = await households.get(viewer, id);
	await households.edit(viewer, id, { ...details, version });
}

/** Jobs can be added to the queues of all domains, and to these, and stay where they are. */
export function acceptJobs(...more: (keyof jobs.Queues)[]) {
	const names = [...queues().map(({ name }) => name), ...more];
	return jobs.start(
		names.map((name) => ({ name, work: async () => {} })),
		{ work: false }
	);
}

/** Stops whoever writes the audit, which is the last thing that they do, until what it gives back is called. */
export async function stopAtAudit(): Promise<() => Promise<void>> {
	const client = await pool.connect();
	await client.query('BEGIN; LOCK TABLE audit_entry IN EXCLUSIVE MODE');
	return async () => {
		await client.query('COMMIT');
		client.release();
	};
}

/** Resolves when so many wait for a lock that somebody else has. */
export async function untilWaiting(count: number): Promise<void> {
	const text = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
	while ((await pool.query(text)).rowCount !== count) await new Promise((wake) => setTimeout(wake, 5));
}

/** Somebody is signed in: the household, or one of its guests. */
export async function makeSession({ weddingId, householdId }: Viewer, guestId?: string): Promise<string> {
	const data = { weddingId, householdId, guestId, secretHash: digest(makeSecret()), expiresAt: after(HOUR) };
	return (await db.session.create({ data })).id;
}

/** A recording that this guest has given stars. */
export async function makeScore({ weddingId }: Viewer, guestId: string): Promise<void> {
	const file = { originalName: 'toast.mp3', format: 'mp3', mimeType: 'audio/mpeg', plays: true, bytes: 1 };
	const scores = { create: { weddingId, guestId, stars: 4 } };
	await db.recording.create({
		data: { ...file, weddingId, state: 'ready', title: 'Toast', position: 1, durationSeconds: 6, scores }
	});
}

/** Ready to be heard, in this order; their ids. They have no files. */
export async function makeRecordings(weddingId: string, titles: string[]): Promise<string[]> {
	const file = { originalName: 'a.mp3', format: 'mp3', mimeType: 'audio/mpeg', plays: true };
	const all = { ...file, weddingId, state: 'ready' as const, bytes: 3_000_000_000, durationSeconds: 16.7 };
	const data = titles.map((title, n) => ({ ...all, title, position: n + 1 }));
	const made = await db.recording.createManyAndReturn({ data });
	return titles.map((title) => made.find((one) => one.title === title)!.id);
}
