import { beforeAll, describe, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs, editHousehold, makeWedding, stopAtAudit, untilWaiting } from '../../testing/fixtures.ts';
import { clock } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as outbox from '../outbox/outbox.server.ts';
import { findStage } from './household.ts';
import { system } from '../weddings/system.ts';
import * as erase from '../../operate/erase/erase.server.ts';
import * as households from './households.server.ts';
import * as invitations from './invitations.server.ts';

beforeAll(() => acceptJobs());

const mails = async ({ weddingId }: Viewer) =>
	(await letterbox.list({ weddingId })).sort((one, other) => (one.address < other.address ? -1 : 1));
const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

async function waitingJobs(ids: string[]): Promise<number> {
	const [found] = await db.$queryRaw<[{ count: bigint }]>`
		SELECT count(*) FROM jobs.job WHERE name = ${outbox.QUEUE} AND data ->> 'deliveryId' = ANY(${ids})`;
	return Number(found.count);
}

describe('sending invitations', () => {
	it('puts a mail to each address in the outbox, with its job, and notes when', async () => {
		const { couple, household, email, riet, mark } = await makeWedding();
		const jan = `jan-${mark}@example.org`;
		await editHousehold(couple, household.id, {
			...{ name: 'De Boer', language: 'nl' },
			guests: [
				{ id: riet.id, name: 'Riet', email },
				{ name: 'Wim', email: email.toUpperCase() },
				{ name: 'Tom' },
				{ name: 'Jan', email: jan }
			]
		});
		expect(await invitations.send(couple, [household.id])).toEqual({ households: 1 });

		const queued = await mails(couple);
		expect(queued).toMatchObject([
			{
				address: jan,
				name: 'Jan',
				kind: 'invitation',
				language: 'nl',
				state: 'queued',
				householdId: household.id
			},
			{
				address: email,
				name: 'Riet en Wim',
				kind: 'invitation',
				language: 'nl',
				state: 'queued',
				guestId: riet.id
			}
		]);
		expect(await waitingJobs(queued.map(({ id }) => id))).toBe(2);
		expect((await households.get(couple, household.id)).invitedAt).toBeInstanceOf(Date);
		const entry = await db.auditEntry.findFirst({
			where: { weddingId: couple.weddingId, action: 'invitation.sent' }
		});
		expect(entry).toMatchObject({
			subjectId: household.id,
			accountId: couple.accountId,
			data: { households: [household.id] }
		});
	});

	it('is refused while the household, or the wedding, is being removed', async () => {
		const { couple, weddingId, household } = await makeWedding();
		const outcomes = async (removing: () => Promise<unknown>) => {
			const goOn = await stopAtAudit();
			const removed = removing();
			await untilWaiting(1);
			const sending = [invitations.send(couple, [household.id]), invitations.sendAll(couple)].map((one) =>
				one.catch((error) => error)
			);
			await untilWaiting(3);
			await goOn();
			await removed;
			return Promise.all(sending);
		};
		expect(await outcomes(() => households.remove(couple, household.id))).toEqual([
			refusal(404, 'household_not_found'),
			{ households: 0 }
		]);
		const gone = refusal(410, 'gone');
		expect(await outcomes(() => erase.wedding(system(weddingId)))).toEqual([gone, gone]);
	});

	it('is for the couple alone', async () => {
		const { couple, helper, guest, stranger, household } = await makeWedding();
		for (const viewer of [helper, guest]) {
			await expect(invitations.send(viewer, [household.id])).rejects.toEqual(refusal(403, 'not_allowed'));
			await expect(invitations.sendAll(viewer)).rejects.toEqual(refusal(403, 'not_allowed'));
		}
		await expect(invitations.sendAll(stranger)).rejects.toEqual(refusal(401, 'sign_in'));
		expect(await mails(couple)).toEqual([]);
	});

	it('knows no household of another wedding, and then sends none of the others either', async () => {
		const [mine, other] = [await makeWedding(), await makeWedding()];
		const both = [mine.household.id, other.household.id];
		await expect(invitations.send(mine.couple, both)).rejects.toEqual(refusal(404, 'household_not_found'));
		expect(await mails(mine.couple)).toEqual([]);
		expect(await mails(other.couple)).toEqual([]);
	});

	it('says so when nobody of a household has an address', async () => {
		const { couple } = await makeWedding();
		const id = await households.add(couple, { name: 'Henk', language: 'nl', guests: [{ name: 'Henk' }] });
		await expect(invitations.send(couple, [id])).rejects.toEqual(refusal(409, 'household_without_email'));
	});

	it('sends once for two clicks, at the same moment or one after the other', async () => {
		const { couple, household } = await makeWedding();
		const click = () => invitations.send(couple, [household.id]);
		const sent = await Promise.all([click(), click(), click()]);
		expect(sent.map((one) => one.households).sort()).toEqual([0, 0, 1]);
		expect(await click()).toEqual({ households: 0 });
		expect(await mails(couple)).toHaveLength(1);
	});

	it('sends again when asked later, and at once to an address that is new or could not be reached', async () => {
		const { couple, household, riet, mark, weddingId } = await makeWedding();
		const send = () => invitations.send(couple, [household.id]);
		await send();
		await letterbox.update({ weddingId }, { state: 'failed', reason: 'no such mailbox' });
		expect(await send()).toEqual({ households: 1 });

		await letterbox.update({ weddingId, state: 'queued' }, { state: 'sent' });
		expect(await send()).toEqual({ households: 0 });
		const guests = [{ id: riet.id, name: 'Riet', email: `new-${mark}@example.org` }];
		await editHousehold(couple, household.id, { name: 'Riet', language: 'nl', guests });
		expect(await send()).toEqual({ households: 1 });

		const elevenMinutesAgo = new Date(clock.now().getTime() - 11 * 60_000);
		await letterbox.update({ weddingId }, { state: 'sent', createdAt: elevenMinutesAgo });
		expect(await send()).toEqual({ households: 1 });
		expect(await mails(couple)).toHaveLength(4);
	});
});

describe('sending all', () => {
	it('goes to those with an address who were not invited yet, once', async () => {
		const { couple, household, mark } = await makeWedding();
		const add = (name: string, email?: string) =>
			households.add(couple, { name, language: 'en', guests: [{ name, email }] });
		await add('Henk');
		const invited = await add('Daniel', `daniel-${mark}@example.org`);
		await invitations.send(couple, [invited]);
		const uninvited = await add('Helen', `helen-${mark}@example.org`);

		const results = await Promise.all([invitations.sendAll(couple), invitations.sendAll(couple)]);
		expect(results.map((one) => one.households).sort()).toEqual([0, 2]);
		const addressed = (await mails(couple)).map(({ householdId }) => householdId);
		expect(addressed.toSorted()).toEqual([household.id, invited, uninvited].sort());
		expect(await invitations.sendAll(couple)).toEqual({ households: 0 });
	});

	it('goes to an address that was corrected or added since, and to no other', async () => {
		const { couple, household, riet, email, mark, weddingId } = await makeWedding();
		const address = (name: string) => `${name}-${mark}@example.org`;
		const arrange = (guests: { id?: string; name: string; email: string }[]) =>
			editHousehold(couple, household.id, { name: 'Riet', language: 'nl', guests });
		const sendAll = async () => {
			const before = await mails(couple);
			const { households: count } = await invitations.sendAll(couple);
			await letterbox.update({ weddingId }, { state: 'sent' });
			const known = new Set(before.map(({ id }) => id));
			return [count, (await mails(couple)).filter(({ id }) => !known.has(id)).map((mail) => mail.address)];
		};
		const stands = async () => findStage(await households.get(couple, household.id));

		expect(await sendAll()).toEqual([1, [email]]);
		expect(await stands()).toBe('invited');
		await letterbox.update({ weddingId }, { state: 'failed', reason: 'no mailbox' });
		expect(await stands()).toBe('invited');
		expect(await sendAll()).toEqual([0, []]);

		await arrange([{ id: riet.id, name: 'Riet', email: address('corrected') }]);
		expect(await stands()).toBe('uninvited');
		expect(await sendAll()).toEqual([1, [address('corrected')]]);
		await arrange([
			{ id: riet.id, name: 'Riet', email: address('corrected') },
			{ name: 'Jan', email: address('added') }
		]);
		expect(await stands()).toBe('uninvited');
		expect(await sendAll()).toEqual([1, [address('added')]]);
		expect(await stands()).toBe('invited');

		await arrange([{ id: riet.id, name: 'Riet', email: address('mistyped') }]);
		await arrange([{ id: riet.id, name: 'Riet', email: address('corrected') }]);
		expect(await sendAll()).toEqual([0, []]);
		expect(await stands()).toBe('invited');
	});

	it('leaves those in peace who came in by themselves', async () => {
		const { couple, household } = await makeWedding();
		await db.household.update({ where: { id: household.id }, data: { openedAt: clock.now() } });
		expect(findStage(await households.get(couple, household.id))).toBe('opened');
		expect(await invitations.sendAll(couple)).toEqual({ households: 0 });
	});

	it('takes hundreds at once', async () => {
		const { couple, weddingId, mark } = await makeWedding();
		const numbers = Array.from({ length: 200 }, (_, n) => n);
		const made = await db.household.createManyAndReturn({
			data: numbers.map((n) => ({ weddingId, name: `Household ${n}`, language: 'en', code: `${mark}${n}` }))
		});
		await db.guest.createMany({
			data: made.flatMap(({ id: householdId, name }) =>
				[0, 1].map((position) => ({
					weddingId,
					householdId,
					name,
					position,
					email: `${householdId}-${position}@example.org`
				}))
			)
		});
		expect(await invitations.sendAll(couple)).toEqual({ households: 201, runId: expect.any(String) });
		expect(await mails(couple)).toHaveLength(401);
		expect(await households.list(couple)).toHaveLength(201);
	});
});
