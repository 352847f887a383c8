import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import * as letterbox from '../../testing/letterbox.ts';
import { report, sign } from '../../testing/reports.ts';
import { db } from '../kernel/db/db.server.ts';
import { settings } from '../kernel/settings.server.ts';
import * as mailReports from '../mail/reports.server.ts';
import type { State } from './message.ts';
import * as reports from './reports.server.ts';
import * as suppressions from './suppressions.server.ts';

let wedding: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => {
	settings.MAILERSEND_WEBHOOK_SECRET = 'signed';
	wedding = await makeWedding();
});
afterAll(() => void (settings.MAILERSEND_WEBHOOK_SECRET = undefined));

/** As it is posted. */
function post(...posted: object[]): Promise<void> {
	const body = Buffer.from(JSON.stringify(posted.length === 1 ? posted[0] : posted));
	return reports.take(mailReports.read(body, sign(body)));
}

async function put(state: State = 'sent') {
	const address = `${crypto.randomUUID()}@example.org`;
	const about = { weddingId: wedding.weddingId, kind: 'invitation', address, language: 'nl', state };
	const { id } = await letterbox.create(about);
	const messageId = crypto.randomUUID();
	await db.delivery.update({ where: { id }, data: { providerId: messageId } });
	return { id, address, messageId };
}
const stateOf = async (id: string) => (await letterbox.get({ id })).state;
const reasons = async (address: string) => {
	const lookup = await suppressions.find(wedding.weddingId);
	return [lookup(address), lookup(address, 'news'), lookup(address, 'reminders')];
};
const none = [undefined, undefined, undefined];

describe('a report of the mail service', () => {
	it.each<[string, State, unknown[]]>([
		['sent', 'sent', none],
		['delivered', 'delivered', none],
		['soft_bounced', 'soft_bounced', none],
		['hard_bounced', 'bounced', ['bounced', 'bounced', 'bounced']],
		['opened', 'opened', none],
		['opened_unique', 'opened', none],
		['clicked', 'queued', none],
		['deferred', 'queued', none],
		['unsubscribed', 'queued', [undefined, 'unsubscribed', 'unsubscribed']],
		['spam_complaint', 'complained', ['complained', 'complained', 'complained']]
	])('%s makes a delivery %s', async (type, state, expected) => {
		for (const version of [1, 2] as const) {
			const { id, address } = await put('queued');
			await post(report(`activity.${type}`, { tag: id, reason: 'No such mailbox' }, version));
			expect(await stateOf(id)).toBe(state);
			expect(await reasons(address)).toEqual(expected);
			const { reason, sentAt } = await letterbox.get({ id });
			expect(reason).toBe(state === 'queued' ? null : 'No such mailbox');
			expect(sentAt === null).toBe(state === 'queued');
		}
	});

	const happened = ['sent', 'soft_bounced', 'delivered', 'opened'] as const;
	it.each([
		[happened],
		[happened.toReversed()],
		[['opened', 'sent', 'soft_bounced', 'delivered']],
		[['delivered', 'delivered', 'opened', 'opened', 'sent']]
	] as const)('comes to the same in the order %j, one by one, again, and together', async (types) => {
		const [one, other] = [await put('queued'), await put('queued')];
		for (const type of [...types, ...types]) await post(report(`activity.${type}`, { tag: one.id }));
		const all = types.map((type) => report(`activity.${type}`, { tag: other.id }));
		await post(...all, ...all);
		expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['opened', 'opened']);
	});

	it('is found by its own tag beside that of those that it was sent with, wherever it stands', async () => {
		for (const swap of [false, true]) {
			const { id } = await put();
			const tags = [id, crypto.randomUUID(), 'x'];
			const email = { tags: swap ? tags.toReversed() : tags };
			await post({ type: 'activity.delivered', data: { email } });
			expect(await stateOf(id)).toBe('delivered');
		}
	});

	it('is found by what the service calls the mail, where it brings no name of ours', async () => {
		const { id, messageId } = await put();
		await post(report('activity.delivered', { tag: 'from-somebody-else', messageId }));
		expect(await stateOf(id)).toBe('delivered');
		await post(report('activity.opened', { tag: crypto.randomUUID(), messageId }, 2));
		expect(await stateOf(id)).toBe('opened');
	});

	it('of a mail that is not ours, or that nobody can read, changes nothing', async () => {
		const before = await db.suppression.count();
		await post(report('activity.hard_bounced', { tag: crypto.randomUUID(), messageId: 'nobody’s' }));
		await post({}, { type: 7 }, { type: 'activity.hard_bounced' });
		await post({ type: 'activity.hard_bounced', data: { email: 'x', tags: { a: 1 }, message_id: 5 } });
		expect(await db.suppression.count()).toBe(before);
	});

	it('that is old does not stop mail to whoever was let have it again', async () => {
		const { id, address } = await put();
		const at = new Date(Date.now() - 60_000).toISOString();
		const old = [
			report('activity.hard_bounced', { tag: id, at }),
			report('activity.unsubscribed', { tag: id, at })
		];
		await post(...old);
		const { weddingId } = wedding;
		await suppressions.lift(weddingId, { address, reason: 'bounced', categories: ['all'] });
		const categories = ['news', 'reminders'] as const;
		await suppressions.lift(weddingId, { address, reason: 'unsubscribed', categories });
		await post(...old);
		expect(await reasons(address)).toEqual(none);
		const later = new Date(Date.now() + 1000).toISOString();
		await post(report('activity.unsubscribed', { tag: id, at: later }));
		expect(await reasons(address)).toEqual([undefined, 'unsubscribed', 'unsubscribed']);
	});

	it('is not expected where no secret is set', () => {
		settings.MAILERSEND_WEBHOOK_SECRET = undefined;
		const read = () => mailReports.read(Buffer.from('[]'), sign('[]'));
		expect(read).toThrow(expect.objectContaining({ status: 404 }));
		settings.MAILERSEND_WEBHOOK_SECRET = 'signed';
	});

	it('of two at once about one mail, and about many, leaves the highest state', async () => {
		const [one, other] = [await put('queued'), await put('queued')];
		const both = (type: string, ...of: { id: string }[]) =>
			post(...of.map(({ id }) => report(`activity.${type}`, { tag: id })));
		await Promise.all([
			both('sent', one, other),
			both('spam_complaint', other, one),
			both('delivered', one, other),
			both('opened', other, one)
		]);
		expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['complained', 'complained']);
	});
});
