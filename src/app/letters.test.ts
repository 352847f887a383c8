import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../lib/i18n/languages.ts';
import * as gallery from '../lib/outbox/gallery.server.ts';
import { writeHtml, writeText } from '../lib/mail/letter.ts';
import type { Wedding } from '../lib/weddings/wedding.ts';
import './domains.ts';

const wedding: Wedding = {
	...{ id: '', host: 'anna-and-ben.example', names: 'Anna & Ben', heldOn: null, place: '', welcome: {} },
	...{ timeZone: 'Europe/Amsterdam', language: 'en' }
};
const all = gallery.list(wedding);

describe('every kind of mail', () => {
	it('is in the gallery, in every language', () => {
		expect(all.length).toBeGreaterThanOrEqual(5 * LANGUAGES.length);
		for (const { kind, language, letter } of all) {
			expect(letter.language, kind).toBe(language);
			expect(gallery.get(wedding, kind, language)).toEqual(letter);
		}
		expect(() => gallery.get(wedding, 'login', 'xx')).toThrow();
	});

	it.each(all.map((one) => [`${one.kind} in ${one.language}`, one.letter] as const))(
		'is small and quick, and says the same as text: %s',
		(_, letter) => {
			const html = writeHtml(letter);
			// the quickest of some: the machine may be busy with something else
			const times = Array.from({ length: 9 }, () => {
				const began = performance.now();
				writeHtml(letter);
				return performance.now() - began;
			});
			expect(Math.min(...times)).toBeLessThan(20);
			expect(Buffer.byteLength(html)).toBeLessThan(40_000);
			const text = writeText(letter);
			for (const part of [...letter.paragraphs, letter.button.url, letter.footer])
				expect(text).toContain(part);
			expect(html + text).not.toMatch(/undefined|\[object|mail_\w+/);
		}
	);
});
