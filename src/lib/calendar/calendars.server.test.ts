import ICAL from 'ical.js';
import * as letterbox from '../../testing/letterbox.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { compose } from '../outbox/letters.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as asked from '../rsvp/asked.server.ts';
import { EventDetails } from '../rsvp/event.schema.ts';
import * as events from '../rsvp/events.server.ts';
import * as replies from '../rsvp/replies.server.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as addresses from './addresses.server.ts';
import * as calendars from './calendars.server.ts';

beforeAll(() => acceptJobs());

const words = { en: '', nl: '' };
const name = {
	en: 'Party',
	nl: 'Fête; met taart, thé en 🎉🎉🎉 tot de haan 🐓 kraait en de 🌅🌅🌅 komt'
};
const details = EventDetails.parse({
	...{ name, startsAt: '2066-06-12T21:00', endsAt: '2066-06-13T01:00', place: 'De Schuur' },
	...{
		address: 'Dorpsstraat 1, Utrecht',
		mapUrl: '',
		dressCode: words,
		note: { en: '', nl: 'Neem mee:\nlaarzen' }
	},
	meals: {}
});

async function makeParty() {
	const made = await makeWedding();
	const id = await events.add(made.couple, { ...details, asked: 'everybody' });
	const wedding = (await db.wedding.findUnique({ where: { id: made.weddingId } })) as unknown as Wedding;
	return { ...made, id, reader: { wedding, language: 'nl' } };
}
type Party = Awaited<ReturnType<typeof makeParty>>;

async function read(answer: Promise<Response>) {
	const text = await (await answer).text();
	const found = new ICAL.Component(ICAL.parse(text) as string).getAllSubcomponents('vevent');
	return found.map((one) => ({
		uid: one.getFirstPropertyValue('uid'),
		sequence: one.getFirstPropertyValue('sequence'),
		status: one.getFirstPropertyValue('status'),
		event: new ICAL.Event(one)
	}));
}

const readAll = ({ guest, reader }: Party, viewer: Viewer = guest) => read(calendars.write(viewer, reader));

async function say({ id, guest }: Party, states: Record<string, 'yes' | 'no'>) {
	const { version, diets, song, message } = await replies.getOwn(guest);
	const nothing = { texts: {}, numbers: {}, chosen: {}, several: {}, agreed: {}, plusOnes: {} };
	const said = Object.entries(states).map(([guestId, state]) => [guestId, { state }]);
	const typed = { ...nothing, version, waits: {}, diets: diets ?? {}, song, message };
	await replies.answer(guest, { ...typed, replies: { [id]: Object.fromEntries(said) } });
}

describe('a calendar', () => {
	it('says when and where, as another program reads it', async () => {
		const party = await makeParty();
		const [found, ...others] = await readAll(party);
		expect(others).toEqual([]);
		expect(found).toMatchObject({
			uid: `${party.id}@${party.mark}.example`,
			sequence: 0,
			status: 'CONFIRMED'
		});
		const { summary, location, description, startDate, endDate } = found!.event;
		expect(summary).toBe(`${name.nl} · Anna & Ben`);
		expect([location, description]).toEqual(['De Schuur, Dorpsstraat 1, Utrecht', 'Neem mee:\nlaarzen']);
		expect(startDate.toJSDate()).toEqual(new Date('2066-06-12T19:00:00Z'));
		expect(endDate.toJSDate()).toEqual(new Date('2066-06-12T23:00:00Z'));
	});

	it('has lines of 75 octets at most, none of which ends within a letter', async () => {
		const { guest, reader, id } = await makeParty();
		const answer = await calendars.writeOne(guest, reader, id);
		expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
		const text = await answer.text();
		expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		const lines = text.split('\r\n');
		for (const line of lines) {
			expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
			expect(line.isWellFormed(), line).toBe(true);
		}
		expect(text).toMatch(/^DTSTAMP:\d{8}T\d{6}Z\r$/m);
		expect(text).toMatch(/^DTSTART:20660612T190000Z\r$/m);
		expect(text.replaceAll('\r\n ', '')).toContain('SUMMARY:Fête\\; met taart\\, thé en 🎉🎉🎉');
	});

	it('knows the same event again after an edit, and says so when it was removed', async () => {
		const party = await makeParty();
		const { couple, id } = party;
		const [before] = await readAll(party);
		await events.edit(couple, id, details);
		const [edited] = await readAll(party);
		expect(edited).toMatchObject({ uid: before!.uid, sequence: 1 });
		await events.remove(couple, id);
		const [removed] = await readAll(party);
		expect(removed).toMatchObject({ uid: before!.uid, sequence: 2, status: 'CANCELLED' });
		expect(await read(calendars.writeOne(party.guest, party.reader, id))).toMatchObject([
			{ status: 'CANCELLED' }
		]);
	});

	it('keeps what one of the household comes to, or has not answered, and not what all have declined', async () => {
		const party = await makeParty();
		const { riet, wim, couple, id } = party;
		await say(party, { [riet.id]: 'no' });
		expect(await readAll(party)).toHaveLength(1);
		await say(party, { [wim.id]: 'no' });
		expect(await readAll(party)).toEqual([]);
		await events.remove(couple, id, 2);
		expect(await readAll(party)).toEqual([]);
	});

	it('shows nobody what they are not asked to, also when it goes', async () => {
		const party = await makeParty();
		const { couple, household, guest, stranger, reader, id } = party;
		await asked.set(couple, household.id, { asked: {}, answersUntil: null });
		expect(await readAll(party)).toEqual([]);
		await expect(calendars.writeOne(guest, reader, id)).rejects.toMatchObject({ status: 404 });
		await expect(calendars.write(stranger, reader)).rejects.toMatchObject({ status: 401 });
		expect(await readAll(party, couple)).toHaveLength(1);
		await events.remove(couple, id);
		expect(await readAll(party)).toEqual([]);
		await expect(calendars.writeOne(guest, reader, id)).rejects.toMatchObject({ status: 404 });
		const other = await makeParty();
		await expect(calendars.writeOne(other.guest, other.reader, party.id)).rejects.toMatchObject({
			status: 404
		});
	});

	it('is where the letter with the answers says', async () => {
		const party = await makeParty();
		await say(party, { [party.riet.id]: 'yes' });
		const mail = await letterbox.get({ householdId: party.household.id });
		const letter = await compose('answers')(mail);
		expect(letter!.paragraphs.at(-1)).toContain(`http://${party.mark}.example/calendar`);
	});
});

describe('its secret address', () => {
	it('shows what the household sees, in its language, until it is renewed', async () => {
		const party = await makeParty();
		const { guest, stranger, household } = party;
		expect(await addresses.find(guest)).toBe(null);
		await Promise.all([1, 2, 3].map(() => addresses.renew(guest)));
		const old = (await addresses.find(guest))!;
		const { viewer, language } = await addresses.open(stranger, old);
		expect([viewer.householdId, language]).toEqual([household.id, 'nl']);
		expect(await readAll(party, viewer)).toHaveLength(1);
		await addresses.renew(guest);
		await expect(addresses.open(stranger, old)).rejects.toMatchObject({ status: 404 });
		await addresses.open(stranger, (await addresses.find(guest))!);
	});

	it('is of one wedding and one household, and nothing to strangers', async () => {
		const party = await makeParty();
		await addresses.renew(party.guest);
		const secret = (await addresses.find(party.guest))!;
		const other = await makeWedding();
		for (const nonsense of ['', 'x', `${secret} `, secret.slice(1)])
			await expect(addresses.open(party.stranger, nonsense)).rejects.toMatchObject({ status: 404 });
		await expect(addresses.open(other.stranger, secret)).rejects.toMatchObject({ status: 404 });
		expect(() => addresses.renew(party.stranger)).toThrow('401');
		expect(() => addresses.renew(party.couple)).toThrow('403');
	});
});
