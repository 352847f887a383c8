import { beforeAll, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as cards from '../cards/cards.server.ts';
import { readChoice } from '../cards/card.ts';
import { type Letter, writeHtml } from '../mail/letter.ts';
import * as letters from '../outbox/letters.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { contrast } from './color.ts';
import { accentOf, type Look, THEMES, USUAL } from './look.ts';
import { LookChoice } from './look.schema.ts';
import * as looks from './looks.server.ts';
import { PALETTES } from './palettes.ts';
import * as stylesheet from './stylesheet.server.ts';

const deco: Look = { theme: 'deco', accent: '#2f5d62' };

let here: Awaited<ReturnType<typeof makeWedding>>;
let other: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => void ([here, other] = [await makeWedding(), await makeWedding()]));

describe('the look of a wedding', () => {
	it('is the usual one until the couple chooses, and theirs alone', async () => {
		expect(await looks.find(here.weddingId)).toEqual(USUAL);
		await looks.set(here.couple, { theme: 'garden', accent: null });
		await looks.set(here.couple, deco);
		expect(await looks.find(here.weddingId)).toEqual(deco);
		expect(await looks.find(other.weddingId)).toEqual(USUAL);
		const { host } = await weddings.get(here.couple);
		expect((await weddings.findByHost(host!))?.look).toEqual(deco);
		const entry = await db.auditEntry.findFirst({
			...{ where: { weddingId: here.weddingId, action: 'look.chosen' }, orderBy: { id: 'desc' } }
		});
		expect(entry?.data).toEqual(deco);
	});

	it('is chosen, and tried, by whoever may', () => {
		const url = new URL('http://x.example/?look=botanical-33518a');
		expect(looks.tryOn(url, here.couple)).toEqual({ theme: 'botanical', accent: '#33518a' });
		for (const viewer of [here.guest, here.helper, here.stranger]) {
			expect(looks.tryOn(url, viewer)).toBeNull();
			expect(() => looks.set(viewer, deco)).toThrow();
		}
	});

	it('is worn by mails and cards', async () => {
		const { weddingId, email, household: home, riet } = here;
		const about = { weddingId, kind: 'invitation', address: email, language: 'en', payload: {} } as const;
		const mail = { ...about, id: home.id, name: 'Riet', householdId: home.id, guestId: riet.id };
		expect(await letters.write(mail as never)).toMatchObject({ look: deco });
		const [household] = await cards.list(here.couple, readChoice(new URLSearchParams('card=')));
		const [card] = await cards.write(here.couple, [household!]);
		expect(card).toMatchObject({ theme: 'deco', accent: deco.accent });
	});
});

describe('what the form says', () => {
	const read = (form: object) => LookChoice.safeParse(form);

	it.each([
		[
			{ theme: 'deco', color: '' },
			{ theme: 'deco', accent: null }
		],
		[{ theme: 'deco', color: '#2f5d62', accent: '#ffffff' }, deco],
		[{ theme: 'deco', color: 'own', accent: '#2F5D62' }, deco]
	])('%j is understood', (form, look) => {
		expect(read(form).data).toEqual(look);
	});

	it.each([
		[{ theme: 'velvet' }, 'theme', 'invalid'],
		[{ theme: 'paper', color: 'own', accent: '#ffffff' }, 'accent', 'accent_pale'],
		[{ theme: 'paper', color: 'own', accent: 'red;}' }, 'accent', 'accent_none'],
		[{ theme: 'paper', color: 'own' }, 'accent', 'accent_none']
	])('%j is refused', (form, field, message) => {
		expect(read(form).error?.issues).toMatchObject([{ path: [field], message }]);
	});
});

describe('the stylesheet', () => {
	it('has the colour for guests on their paper, and for the couple on the house’s', () => {
		const { accent } = PALETTES.garden;
		const css = stylesheet.write({ theme: 'garden', accent: null });
		expect(css).toMatch(
			new RegExp(
				`^html:root\\{--accent:light-dark\\(${accent},.*data-look='garden'\\]\\{--accent:light-dark\\(${accent},`
			)
		);
	});

	it('is none for the usual look, and somewhere else for every other', () => {
		expect(stylesheet.addressOf(USUAL)).toBeUndefined();
		const addresses = [deco, { ...deco, accent: null }, { ...USUAL, accent: '#2f5d62' }].map(
			stylesheet.addressOf
		);
		expect(new Set(addresses).size).toBe(3);
		for (const address of addresses)
			expect(address).toMatch(/^\/looks\/[a-z]+(-[\da-f]{6})?\.[\da-f]{10}\.css$/);
	});
});

describe('a mail', () => {
	const letter: Letter = {
		...{ subject: 'Hi', from: 'Anna & Ben', paragraphs: ['Dear you,', 'style="color:#526b52" is #526b52'] },
		...{ button: { label: 'Open', url: 'https://example.org/#526b52' }, footer: 'Bye', language: 'en' }
	};

	it.each(THEMES)('has the colours of %s, and what was written stays', (theme) => {
		const html = writeHtml({ ...letter, look: { theme, accent: '#ffff00' } });
		const { light, dark } = accentOf({ theme, accent: '#ffff00' });
		const button = /class="button"[^>]*background:(#\w+);color:(#\w+)/.exec(html)!;
		expect(button.slice(1)).toEqual([light, PALETTES[theme].light.paper]);
		expect(contrast(button[1]!, button[2]!)).toBeGreaterThanOrEqual(4.5);
		expect(html).toContain(`color:${dark} !important`);
		expect(html).toContain('href="https://example.org/#526b52"');
		expect(html).toContain('style=&#34;color:#526b52&#34; is #526b52');
		expect(html.replace(/href="[^"]*"|&#34;[^<]*|https[^<]*/g, '')).not.toContain('#526b52');
	});

	it('of the usual look is as it was', () => {
		expect(writeHtml({ ...letter, look: USUAL })).toBe(writeHtml(letter));
	});
});
