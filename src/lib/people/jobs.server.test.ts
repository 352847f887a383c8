import { afterEach, describe, expect, it, vi } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { makeWedding } from '../../testing/fixtures.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { clock } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { all, furnish } from '../kernel/domain.ts';
import { writeHtml, writeText } from '../mail/letter.ts';
import { invitation } from './jobs.server.ts';

const house = all();
afterEach(() => {
	furnish(house);
	vi.restoreAllMocks();
});

type Made = Awaited<ReturnType<typeof makeWedding>>;

async function letter(
	{ weddingId, household, email }: Made,
	language: string,
	{ address = email, recordings = 1 } = {}
) {
	furnish([{ name: 'heard', uses: [], facts: { 'recordings.count': async () => recordings } }, ...house]);
	const mail = { weddingId, kind: 'invitation', address, language, householdId: household.id };
	const written = await letterbox.create(mail);
	return inLanguage(language, () => invitation(written));
}

describe('the invitation', () => {
	it('reads well in English', async () => {
		const made = await makeWedding();
		const written = await letter(made, 'en');
		expect(written!.subject).toBe('You are invited: Anna & Ben');
		expect(writeText(written!)).toBe(`Dear Riet,

We are getting married, and we would love you to be there.

Saturday 12 June 2066
Utrecht

Everything about the day is on our wedding site, and there are recordings to listen to until then. The link is your key: no password.

It's for both of you: Riet and Wim.

Open your invitation:
http://${made.mark}.example/i/${made.household.code}

Anna & Ben

-- 
This link is just for Riet and Wim. It keeps working, so keep this email, and please don't pass it on.
`);
	});

	it('reads well in Dutch, to two who share an address', async () => {
		const made = await makeWedding();
		await db.guest.update({ where: { id: made.wim.id }, data: { email: made.email } });
		const written = await letter(made, 'nl', { address: made.email.toUpperCase() });
		expect(written!.subject).toBe('Uitnodiging: Anna & Ben');
		expect(writeText(written!)).toBe(`Beste Riet en Wim,

We gaan trouwen, en we zouden het heel fijn vinden als jullie erbij zijn.

zaterdag 12 juni 2066
Utrecht

Op onze trouwsite vind je alles over de dag, en opnames om tot die tijd naar te luisteren. De link is je sleutel: een wachtwoord heb je niet nodig.

Open de uitnodiging:
http://${made.mark}.example/i/${made.household.code}

Anna & Ben

-- 
Deze link is alleen voor Riet en Wim. Hij blijft werken, dus bewaar deze mail, en geef hem liever niet door.
`);
	});

	it('speaks to one as to one, of one alone', async () => {
		const made = await makeWedding();
		await db.guest.delete({ where: { id: made.wim.id } });
		const written = await letter(made, 'nl');
		expect(written!.paragraphs[1]).toContain('als je erbij bent');
		expect(writeText(written!)).not.toMatch(/\b(jullie|Wim)\b/);
		expect(written!.footer).toContain('alleen voor Riet. Hij blijft werken');
	});

	it('never says that the link is for all of them and for one of them only', async () => {
		const made = await makeWedding();
		await db.household.update({ where: { id: made.household.id }, data: { name: 'Riet' } });
		const text = writeText((await letter(made, 'en'))!);
		expect(text).toContain("It's for both of you: Riet and Wim.");
		expect(text).toContain('This link is just for Riet and Wim.');
		expect(text).not.toContain('just for Riet.');
	});

	it('is for all of three, and for the two who read it when they are the household', async () => {
		const made = await makeWedding();
		const { weddingId, household, wim, email } = made;
		await db.guest.update({ where: { id: wim.id }, data: { email } });
		expect(writeText((await letter(made, 'nl'))!)).not.toMatch(/voor jullie all/);
		await db.guest.create({ data: { weddingId, householdId: household.id, name: 'Tom', position: 2 } });
		expect((await letter(made, 'nl'))!.paragraphs.at(-1)).toBe(
			'Hij is voor jullie allemaal: Riet, Wim en Tom.'
		);
	});

	it('greets by first names', async () => {
		const made = await makeWedding();
		const { email, riet, wim } = made;
		await db.guest.update({ where: { id: riet.id }, data: { name: 'Dr. Anna Maria de Vries' } });
		expect((await letter(made, 'en'))!.paragraphs[0]).toBe('Dear Anna,');
		await db.guest.update({ where: { id: wim.id }, data: { name: 'Ben van Dijk', email } });
		expect((await letter(made, 'en'))!.paragraphs[0]).toBe('Dear Anna and Ben,');
	});

	it('promises recordings only when there are some', async () => {
		const made = await makeWedding();
		const text = async (language: string, recordings: number) =>
			writeText((await letter(made, language, { recordings }))!);
		for (const language of ['en', 'nl']) {
			expect(await text(language, 2)).toMatch(/recordings|opnames/);
			expect(await text(language, 0)).not.toMatch(/recordings|opnames|undefined/);
		}
		vi.spyOn(clock, 'now').mockReturnValue(new Date('2066-06-13T12:00:00Z'));
		expect(await text('nl', 2)).toContain('luister wanneer jullie willen');
		for (const language of ['en', 'nl']) expect(await text(language, 0)).not.toMatch(/[Ll]uister|Listen/);
		await db.guest.delete({ where: { id: made.wim.id } });
		expect(await text('nl', 2)).toContain('luister wanneer je wilt');
	});

	it('says nothing of a day and a place that are not known', async () => {
		const made = await makeWedding('');
		await db.wedding.update({ where: { id: made.weddingId }, data: { heldOn: null, place: '' } });
		const written = await letter(made, 'en');
		expect(written!.subject).toBe('You are invited: Our wedding');
		expect(written!.paragraphs).toHaveLength(4);
	});

	it.each([
		['2066-06-12T21:59:00Z', 'You are invited: Anna & Ben'],
		['2066-06-12T22:01:00Z', 'Listen back: Anna & Ben']
	])('invites to listen once the day is over in the wedding’s time zone: %s', async (time, subject) => {
		const made = await makeWedding();
		vi.spyOn(clock, 'now').mockReturnValue(new Date(time));
		expect((await letter(made, 'en'))!.subject).toBe(subject);
	});

	it('is not sent to an address that nobody of the household has any more', async () => {
		const made = await makeWedding();
		expect(await letter(made, 'en', { address: 'mistyped@example.org' })).toBeNull();
	});

	it('keeps markup in names inert', async () => {
		const made = await makeWedding('<i>Anna</i> & Ben');
		await db.guest.update({ where: { id: made.riet.id }, data: { name: '<script>alert(1)</script>' } });
		await db.household.update({ where: { id: made.household.id }, data: { name: '<b>Riet</b>' } });
		const page = writeHtml((await letter(made, 'en'))!);
		expect(page).not.toMatch(/<script|<i>|<b>/);
		expect(page).toContain('&#60;script&#62;');
	});
});
