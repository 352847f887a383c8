import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readCodes, readPdf } from '../../testing/printed.ts';
import { THEMES } from '../looks/look.ts';
import type { Card } from './card.ts';
import { canSet, split } from './faces.server.ts';
import { print } from './sheet.server.ts';

/** Letters, quotes and blanks of the six languages, in words that a card may have. */
const SIGNS = [
	'Größe, Äpfel, Öl, Übermut, „schön“',
	'Noël, œuvre, Ça va, août\u202f! «\u00a0l’été\u00a0» 12\u202f345\u00a0€',
	'È lì, perché, città, «più» 1º',
	'¿Añoráis a Íñigo? ¡Sí! Pingüino, 1.º',
	'Eén, geïnd, ‘zo’ – ’s avonds, ĳs',
	'don’t “say” — so…'
];

const NAMES = [
	...SIGNS,
	...['Łukasz Żółć', 'Ștefan Țepeș', 'Đặng Thị Ánh', 'Ελένη Παπαδοπούλου', 'Ἀλέξανδρος', 'Алёна Щукина'],
	...[
		'Їжакевич Ґалаґан',
		'Elif Yılmaz',
		'Þórdís Ægisdóttir',
		'Ragnhildur O’Neill – “Zoë”',
		'Ĳsbrand',
		'Strauß'
	]
];

describe('a typeface', () => {
	it.each(NAMES)('has every letter of %s, in one file or another, in every theme', (name) => {
		const faces = ['names', 'serif', 'sans', 'italic', 'strong'] as const;
		for (const [theme, face] of THEMES.flatMap((theme) => faces.map((face) => [theme, face] as const))) {
			const runs = split(name, face, theme);
			expect(runs?.map(({ text }) => text).join('')).toBe(
				name.normalize('NFC').replaceAll('\u202f', '\u00a0')
			);
		}
	});

	it('takes marks that were typed after their letter, and leaves out small pictures', () => {
		const joined = (text: string) =>
			split(text, 'serif')
				?.map((run) => run.text)
				.join('');
		expect(joined('Zo\u0065\u0308')).toBe('Zo\u00eb');
		expect(joined('Elif ❤️ Murat 🇹🇷👩‍👩‍👧')).toBe('Elif  Murat ');
	});

	it.each(['小林家', 'עמית', 'علی رضایی', 'ณัฐ'])('does not have those of %s, and says so', (name) => {
		expect(canSet(name)).toBe(false);
	});
});

describe('a card', () => {
	const card: Card = {
		...{ id: '', language: 'en', names: 'Anna & Ben', day: 'Saturday 12 June 2027', place: 'Utrecht' },
		...{ household: 'Tom', guests: '', line: 'Tell us.', scan: 'Scan', type: 'type', address: 'a.example/i' },
		...{ code: 'ABCD-EFGH-JKMN', link: '', qr: { path: 'M0 0h1v1h-1z', size: 1 } },
		...{ theme: 'paper', accent: '#526b52' }
	};
	const read = async (more: Partial<Card>) => {
		const pdf = print([{ ...card, ...more }], 'a6');
		return (await readPdf(await buffer(pdf as unknown as Readable)))[0]!;
	};
	/** How many dots of these lines of the page, in millimetres from above, are not white. */
	const dark = ({ picture: { data, width } }: Awaited<ReturnType<typeof read>>, from: number, to: number) => {
		let count = 0;
		for (let y = Math.round((from / 25.4) * 100); y < (to / 25.4) * 100; y++)
			for (let x = 40; x < width / 2 - 10; x++) if (data[(y * width + x) * 4]! < 200) count++;
		return count;
	};

	it('leaves a line to write on for a name that it has no letters for', async () => {
		const page = await read({ household: '小林家', guests: '小林 一郎' });
		expect(page.text).not.toMatch(/[小林]/);
		expect(page.text).toContain('Tell us.');
	});

	it.each(THEMES)('keeps clear of its code and its edge, however much is on it, in %s', async (theme) => {
		const long = 'Bartholomeus Featherstonehaugh-Uyttenhove '.repeat(9);
		const page = await read({
			theme,
			...{ names: long.slice(0, 80), place: long.slice(0, 120), household: 'W'.repeat(80) },
			...{ guests: long, line: 'x '.repeat(80), address: `${'w'.repeat(60)}.example/i` }
		});
		expect(dark(page, 0, 9.5)).toBe(0);
		expect(dark(page, 76.3, 77.2)).toBe(0);
		expect(dark(page, 20, 73)).toBeGreaterThan(500);
		expect(await readCodes(page.picture)).toEqual([]);
	});
});
