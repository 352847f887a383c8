import { afterEach, expect, it } from 'vitest';
import { makeDinner } from '../../testing/dinner.ts';
import { db, transaction } from '../kernel/db/db.server.ts';
import * as asked from './asked.server.ts';
import * as deadlines from './deadlines.server.ts';
import { Deadlines } from './reply.schema.ts';
import * as replies from './replies.server.ts';
import * as sheet from './sheet.server.ts';

const { TZ } = process.env;
afterEach(() => void (process.env.TZ = TZ));

it.each([
	['in summer', 'Europe/Amsterdam', '2066-05-01T23:59', '2066-05-01T21:59:00.000Z'],
	['in the hour that is skipped', 'Europe/Amsterdam', '2027-03-28T02:30', '2027-03-28T01:30:00.000Z'],
	['in the hour that is repeated', 'Europe/Amsterdam', '2027-10-31T02:30', '2027-10-31T00:30:00.000Z'],
	['half an hour off', 'Asia/Kolkata', '2066-05-01T23:59', '2066-05-01T18:29:00.000Z'],
	['a day ahead', 'Pacific/Kiritimati', '2066-05-01T00:30', '2066-04-30T10:30:00.000Z']
])(
	'a deadline %s is one moment by the wedding’s clock, wherever the server stands',
	async (_, timeZone, typed, instant) => {
		const { couple, weddingId, household, guest } = await makeDinner();
		await db.wedding.update({ where: { id: weddingId }, data: { timeZone } });
		for (const zone of ['Pacific/Auckland', 'America/St_Johns']) {
			process.env.TZ = zone;
			await deadlines.set(couple, Deadlines.parse({ answersUntil: typed, detailsUntil: '' }));
			expect((await replies.getOwn(guest)).answersUntil?.toISOString(), zone).toBe(instant);
		}
		await asked.set(couple, household.id, { asked: {}, answersUntil: typed });
		const own = await db.rsvp.findUnique({ where: { householdId: household.id } });
		expect(own!.answersUntil?.toISOString()).toBe(instant);
	}
);

it('a second before the deadline answers are taken, and from it on they are not', async () => {
	const { weddingId, household } = await makeDinner();
	await transaction(async (tx) => {
		for (const [seconds, isOpen] of [
			[1, true],
			[0, false],
			[-1, false]
		] as const) {
			await tx.deadline.deleteMany({ where: { weddingId } });
			await tx.$executeRaw`
				INSERT INTO deadline (wedding_id, answers_until)
				VALUES (${weddingId}::uuid, now() + ${seconds}::int * interval '1 second')`;
			const { isOpen: found, areDetailsOpen } = await sheet.read(weddingId, household.id, tx);
			expect([found, areDetailsOpen], `${seconds} s`).toEqual([isOpen, isOpen]);
		}
	});
});
