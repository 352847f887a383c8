import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { compose, read, words, type Words, writer } from '../../testing/mailing.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Table } from '../kernel/db/table.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { writeHtml } from '../mail/letter.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import * as deadlines from '../rsvp/deadlines.server.ts';
import * as events from '../rsvp/events.server.ts';
import type { Audience } from './audience.ts';
import * as mailings from './mailings.server.ts';
import * as sending from './sending.server.ts';
import { tables } from './tables.server.ts';

type Made = Awaited<ReturnType<typeof makeWedding>>;
let made: Made;
let by: ReturnType<typeof writer>;

beforeAll(() => acceptJobs());
afterAll(() => jobs.stop());
beforeEach(async () => void (by = writer((made = await makeWedding()))));

const refusal = (code: string) => expect.objectContaining({ status: 409, code });

describe('what is sent', () => {
	it('goes to each address once, as one run, in the language of its household', async () => {
		await by.add('Helen');
		await by.add('Henk', 'nl', '');
		const id = await by.draft();
		await by.send(id);
		const { state, runId, sentAt } = await mailings.get(made.couple, id);
		expect({ state, sentAt }).toEqual({ state: 'sent', sentAt: expect.any(Date) });
		const left = await by.mails();
		expect(left.map(({ language, kind, name }) => [kind, language, name]).sort()).toEqual([
			['news', 'en', 'Helen'],
			['news', 'nl', 'Riet']
		]);
		expect(await db.message.count({ where: { runId } })).toBe(2);
		const dutch = await read(left.find(({ language }) => language === 'nl')!);
		expect(dutch).toContain('Lieve Riet,\n\nKom **om acht**: http');
		expect(dutch).toContain(`/i/${made.household.code}`);
		const letter = await compose(left.find(({ language }) => language === 'nl')!);
		expect(writeHtml(letter)).toMatch(/<strong[^>]*>om acht<\/strong>/);
	});

	it('goes once, however often and by whomever it is sent', async () => {
		const id = await by.draft();
		const digest = await by.seen(id);
		const all = await Promise.allSettled([1, 2, 3].map(() => sending.send(made.couple, id, digest)));
		expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect(await by.mails()).toHaveLength(1);
		await expect(mailings.save(made.couple, id, words)).rejects.toEqual(refusal('mailing_left'));
		await expect(mailings.remove(made.couple, id)).rejects.toEqual(refusal('mailing_left'));
	});

	it('can be had back when it was thrown away, but by nobody else', async () => {
		const id = await by.draft();
		const before = await mailings.get(made.couple, id);
		await mailings.remove(made.couple, id);
		expect((await mailings.list(made.couple)).map((one) => one.id)).not.toContain(id);
		await expect(mailings.get(made.couple, id)).rejects.toMatchObject({ code: 'mailing_not_found' });
		const other = await makeWedding();
		await expect(mailings.restore(other.couple, id)).rejects.toMatchObject({ code: 'mailing_not_found' });
		await mailings.restore(made.couple, id);
		expect(await mailings.get(made.couple, id)).toEqual(before);
	});

	it('goes to nobody whom the couple has not seen', async () => {
		const id = await by.draft();
		const digest = await by.seen(id);
		await by.add('Helen');
		await expect(sending.send(made.couple, id, digest)).rejects.toEqual(refusal('mailing_others'));
		expect(await by.mails()).toEqual([]);
	});

	it.each<[string, Audience | null, Partial<Words>, string]>([
		['for nobody', null, {}, 'mailing_nobody'],
		['for households that are gone', { to: 'chosen', households: [] }, {}, 'mailing_nobody'],
		[
			'with a placeholder that is none',
			{ to: 'everybody' },
			{ text: { en: '{x}', nl: 'x' } },
			'placeholder_unknown'
		],
		[
			'with a placeholder in one language',
			{ to: 'everybody' },
			{ text: { en: 'x', nl: '{link}' } },
			'placeholder_missing'
		],
		[
			'with no deadline to name',
			{ to: 'everybody' },
			{ text: { en: '{deadline}', nl: '{deadline}' } },
			'placeholder_deadline'
		],
		[
			'with more links than mail programs show',
			{ to: 'everybody' },
			{ text: { en: 'https://a.example/b\n\n'.repeat(250), nl: 'x' } },
			'mailing_heavy'
		]
	])('is refused %s, before anything leaves', async (_, audience, more, code) => {
		const id = audience
			? await by.draft(audience, more)
			: await mailings.add(made.couple, { id: crypto.randomUUID(), ...words });
		await expect(by.send(id)).rejects.toEqual(refusal(code));
		expect(await by.mails()).toEqual([]);
		expect((await mailings.get(made.couple, id)).state).toBe('draft');
	});

	it('does not go to those who want no news or cannot be reached, who are named before', async () => {
		const gone = `gone-${made.mark}@example.org`;
		await by.add('Gone', 'en', gone);
		await suppressions.add(made.weddingId, { address: gone, reason: 'bounced', categories: ['all'] });
		const about = { address: made.email, reason: 'unsubscribed' as const, categories: ['news' as const] };
		await suppressions.add(made.weddingId, about);
		const id = await by.draft();
		const found = await sending.findReach(made.couple, await mailings.get(made.couple, id));
		expect(found.missed.map(({ address, obstacle }) => [address, obstacle])).toEqual([
			[gone, 'bounced'],
			[made.email, 'unsubscribed']
		]);
		const ours = await sending.findReach(made.couple, { audience: { to: 'everybody' }, kind: 'invitation' });
		expect(ours.missed.map(({ obstacle }) => obstacle)).toEqual(['bounced']);
	});

	it('says to each what they have answered, and until when they can', async () => {
		await events.add(made.couple, {
			...{
				name: { en: 'Party', nl: 'Feest' },
				startsAt: '2066-06-12T20:00',
				endsAt: null,
				place: '',
				address: ''
			},
			...{ mapUrl: '', dressCode: {}, note: {}, capacity: null, meals: [], asked: 'everybody' }
		} as never);
		await deadlines.set(made.couple, { answersUntil: '2066-05-01T23:59', detailsUntil: null });
		const said = { en: 'You: {answer}. Until {deadline}.', nl: 'Jullie: {answer}. Tot {deadline}.' };
		await by.send(await by.draft({ to: 'asked', event: '', said: 'silent' }, { text: said }));
		const [mail] = await by.mails();
		expect(await read(mail!)).toContain(
			'Jullie: Feest, zaterdag 12 juni 2066, 20:00\nRiet: Nog geen antwoord\nWim: Nog geen antwoord. Tot 1 mei.'
		);
	});

	it('is written in the wedding’s language to who reads one without a text', async () => {
		await by.send(
			await by.draft({ to: 'everybody' }, { subject: { en: 'Later' } as never, text: { en: 'Hi' } })
		);
		expect(await read((await by.mails())[0]!)).toMatch(/^Later\nHi/);
	});

	it('goes no more to an address that somebody has corrected meanwhile', async () => {
		await by.send(await by.draft());
		await db.guest.update({ where: { id: made.riet.id }, data: { email: `new-${made.mark}@example.org` } });
		await expect(read((await by.mails())[0]!)).rejects.toThrow('not_wanted');
	});
});

describe('what is scheduled', () => {
	const schedule = (id: string, local = '2066-06-01T18:00') => sending.schedule(made.couple, id, { local });

	it('leaves at its moment, once, to those whom it is for then', async () => {
		const id = await by.draft();
		await schedule(id);
		const { state, sendAt } = await mailings.get(made.couple, id);
		expect({ state, sendAt }).toEqual({ state: 'scheduled', sendAt: new Date('2066-06-01T16:00:00Z') });
		const [job] = await db.$queryRaw<{ at: Date }[]>`
			SELECT start_after AS at FROM jobs.job WHERE name = ${sending.QUEUE} AND start_after = ${sendAt}`;
		expect(job).toBeDefined();
		await sending.leaveDue();
		expect(await by.mails()).toEqual([]);
		await by.add('Helen');
		await by.makeDue(id);
		await Promise.all([sending.leaveDue(), sending.leaveDue(), sending.leaveDue()]);
		expect(await by.mails()).toHaveLength(2);
		expect(await mailings.get(made.couple, id)).toMatchObject({ state: 'sent', failure: null });
	});

	it.each([
		['of the hour that summer time repeats the first', '2066-10-31T02:30', '2066-10-31T00:30:00Z'],
		['in the hour that it skips so much later', '2066-03-28T02:30', '2066-03-28T01:30:00Z']
	])('takes %s', async (_, local, instant) => {
		const id = await by.draft();
		await schedule(id, local);
		expect((await mailings.get(made.couple, id)).sendAt).toEqual(new Date(instant));
	});

	it('can be taken back until then, and is changed only as a draft', async () => {
		const id = await by.draft();
		await schedule(id);
		await expect(mailings.save(made.couple, id, words)).rejects.toEqual(refusal('mailing_scheduled'));
		await expect(by.send(id)).rejects.toEqual(refusal('mailing_scheduled'));
		await sending.takeBack(made.couple, id);
		await by.makeDue(id);
		await sending.leaveDue();
		expect(await by.mails()).toEqual([]);
		await by.send(id);
		await expect(sending.takeBack(made.couple, id)).rejects.toEqual(refusal('mailing_left'));
	});

	it('is refused for a moment that is over, and for a text that cannot be sent', async () => {
		await expect(schedule(await by.draft(), '2020-06-01T18:00')).rejects.toEqual(refusal('mailing_past'));
		const half = await by.draft({ to: 'everybody' }, { subject: { en: 'x' } });
		await expect(schedule(half)).rejects.toEqual(refusal('mailing_without_subject'));
	});

	it('is a draft again, and says why, when nobody is left to send it to, or after a restore', async () => {
		const id = await by.draft();
		await schedule(id);
		await db.guest.updateMany({ where: { weddingId: made.weddingId }, data: { email: null } });
		await by.makeDue(id);
		await sending.leaveDue();
		expect(await mailings.get(made.couple, id)).toMatchObject({ state: 'draft', failure: 'mailing_nobody' });

		await schedule(id);
		await db.$executeRawUnsafe((tables.Mailing.restore as { update: string }).update);
		expect(await mailings.get(made.couple, id)).toMatchObject({
			state: 'draft',
			failure: 'mailing_restored'
		});
	});

	it('does not leave from two installs: an archive has it as a draft', async () => {
		await schedule(await by.draft());
		const { archive } = tables.Mailing as Table;
		const rows = 'collect' in archive && (await archive.collect(made.weddingId, db));
		expect(rows).toMatchObject([{ state: 'draft', failure: 'mailing_moved', sendAt: expect.any(Date) }]);
	});
});
