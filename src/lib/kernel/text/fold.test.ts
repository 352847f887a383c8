import { describe, expect, it } from 'vitest';
import { rows } from '../db/db.server.ts';
import { fold } from './fold.ts';

/** Real names, and how people type them. */
const NAMES = [
	['Łukasz Wałęsa', 'lukaszwalesa'],
	['Søren Kierkegård', 'sorenkierkegard'],
	['Đặng Thị Thanh', 'dangthithanh'],
	['Weiß', 'weiss'],
	['WEIẞ', 'weiss'],
	['Æsa Þórðardóttir', 'aesathordardottir'],
	['Đorđe', 'dorde'],
	['O’Brien', 'obrien'],
	["O'Brien", 'obrien'],
	['O`Brien', 'obrien'],
	['Anne‑Marie', 'annemarie'],
	['anne  marie', 'annemarie'],
	['İpek Yıldız', 'ipekyildiz'],
	['IPEK YILDIZ', 'ipekyildiz'],
	['Zoë Şahin', 'zoesahin'],
	['Zoe\u0308', 'zoe'],
	['Kaʻiulani', 'kaiulani'],
	['Ĳsbrand', 'ijsbrand'],
	['Gal·la', 'galla'],
	['Γιώργος', 'γιωργοσ'],
	['ΓΙΏΡΓΟΣ', 'γιωργοσ'],
	['Алёна', 'алена'],
	['Юрій Ґалаґан', 'юріигалаган'],
	['מֹשֶׁה', 'משה'],
	['בן־גוריון', 'בןגוריון'],
	['أحمد', 'احمد'],
	['مُحَمَّد', 'محمد'],
	['علی', 'علي'],
	['فاطمة', 'فاطمه'],
	['نیلو\u200cفر', 'نيلوفر'],
	['ANNA\u200b', 'anna'],
	['Ａｎｎａ', 'anna'],
	['राम', 'राम'],
	['रीमा', 'रीमा'],
	['小林', '小林'],
	['👩\u200d🍳', '👩🍳'],
	['Tom & Ann 2', 'tom&ann2'],
	['\u2068 -.\u2069', '']
] as const;

/** As the database folds them, in their order. */
const inPostgres = (texts: string[]) =>
	rows<{ folded: string }>(
		'fold',
		'SELECT fold(t) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS a (t, n) ORDER BY n',
		[texts]
	).then((found) => found.map(({ folded }) => folded));

describe('folding', () => {
	it.each(NAMES)('makes “%s” “%s”', (name, folded) => {
		expect(fold(name)).toBe(folded.normalize('NFKD'));
	});

	it('changes nothing the second time', () => {
		for (const [name] of NAMES) expect(fold(fold(name))).toBe(fold(name));
	});

	it('is the same in the database for these names', async () => {
		const names = NAMES.map(([name]) => name);
		expect(await inPostgres(names)).toEqual(names.map(fold));
	});

	it('is the same in the database for every letter and sign that both know', async () => {
		const planes = [
			[1, 0xd7ff],
			[0xe000, 0x1ffff]
		] as const;
		const letters = planes.flatMap(([first, last]) =>
			Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n))
		);
		const known = await rows<{ letter: string; folded: string }>(
			'fold-known',
			'SELECT t AS letter, fold(t) AS folded FROM unnest($1::text[]) t WHERE unicode_assigned(t)',
			[letters.filter((letter) => /\p{Assigned}/u.test(letter))]
		);
		expect(known.length).toBeGreaterThan(90_000);
		expect(known.filter(({ letter, folded }) => folded !== fold(letter))).toEqual([]);
	});

	it('can be indexed', async () => {
		const [found] = await rows<{ volatile: string }>(
			'fold-volatility',
			`SELECT provolatile AS volatile FROM pg_proc WHERE proname = 'fold'`,
			[]
		);
		expect(found!.volatile).toBe('i');
	});
});
