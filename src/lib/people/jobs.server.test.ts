import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeWedding } from '../../fixtures.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { clock } from '../kernel/clock.ts';
import { db } from '../kernel/db.server.ts';
import { html, plain } from '../mail/letter.ts';
import { invitation } from './jobs.server.ts';

afterEach(() => vi.restoreAllMocks());

type Made = Awaited<ReturnType<typeof makeWedding>>;

async function letter({ weddingId, household, email }: Made, language: string, address = email) {
	const mail = { weddingId, kind: 'invitation', address, language, householdId: household.id };
	const written = await db.mail.create({ data: mail });
	return inLanguage(language, () => invitation(written));
}

describe('the invitation', () => {
	it('reads well in English', async () => {
		const made = await makeWedding();
		const written = await letter(made, 'en');
		expect(written!.subject).toBe('You are invited: Anna & Ben');
		expect(plain(written!)).toBe(`Dear Riet,

We are getting married, and we would love you to be there.

Saturday 12 June 2066
Utrecht

Everything about the day is on our wedding site, with recordings for you to listen to. The link below opens it; you need no password.

The link is for all of you: Riet and Wim.

Open your invitation:
http://localhost:3000/i/${made.household.code}

Anna & Ben

-- 
This link is for Oma Riet & Opa Wim only and keeps working, so keep this mail. Please do not pass it on.
`);
	});

	it('reads well in Dutch, to two who share an address', async () => {
		const made = await makeWedding();
		await db.guest.update({ where: { id: made.wim.id }, data: { email: made.email } });
		const written = await letter(made, 'nl', made.email.toUpperCase());
		expect(written!.subject).toBe('Uitnodiging: Anna & Ben');
		expect(plain(written!)).toBe(`Beste Riet en Wim,

We gaan trouwen, en we zouden het heel fijn vinden als jullie erbij zijn.

zaterdag 12 juni 2066
Utrecht

Op onze trouwsite staat alles over de dag, en er zijn opnames om naar te luisteren. De link hieronder opent de site; een wachtwoord is niet nodig.

Open de uitnodiging:
http://localhost:3000/i/${made.household.code}

Anna & Ben

-- 
Deze link is alleen voor Oma Riet & Opa Wim en blijft werken, dus bewaar deze mail. Geef hem liever niet door.
`);
	});

	it('speaks to one as to one', async () => {
		const made = await makeWedding();
		await db.guest.delete({ where: { id: made.wim.id } });
		expect((await letter(made, 'nl'))!.paragraphs[1]).toContain('als je erbij bent');
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
		expect(await letter(made, 'en', 'mistyped@example.org')).toBeNull();
	});

	it('keeps markup in names inert', async () => {
		const made = await makeWedding('<i>Anna</i> & Ben');
		await db.guest.update({ where: { id: made.riet.id }, data: { name: '<script>alert(1)</script>' } });
		await db.household.update({ where: { id: made.household.id }, data: { name: '<b>Riet</b>' } });
		const page = html((await letter(made, 'en'))!);
		expect(page).not.toMatch(/<script|<i>|<b>/);
		expect(page).toContain('&#60;script&#62;');
	});
});
