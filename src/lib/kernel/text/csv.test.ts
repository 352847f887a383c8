import { expect, it } from 'vitest';
import { csv } from './csv.ts';

it('opens in Excel with a double click', () => {
	expect(
		csv([
			['Title', 'Stars'],
			['Ömer', 4.5],
			[null, 0]
		])
	).toBe('\ufeffTitle;Stars\r\nÖmer;4.5\r\n;0\r\n');
});

it.each([
	['=1+1', "'=1+1"],
	['+31 6', "'+31 6"],
	['-2', "'-2"],
	['@SUM(A1)', "'@SUM(A1)"],
	['\t=1', "'\t=1"],
	['\r=1', `"'\r=1"`],
	["'=1", "''=1"],
	["'t Hart", "'t Hart"],
	['a;b', '"a;b"'],
	['a,b', 'a,b'],
	['say "hi"', '"say ""hi"""'],
	['two\nlines', '"two\nlines"'],
	['no\0thing', 'nothing'],
	['\0=1', "'=1"],
	['Anna & Ben', 'Anna & Ben']
])('keeps %j text', (text, written) => {
	expect(csv([[text]])).toBe(`\ufeff${written}\r\n`);
});

it('guards no number of ours', () => {
	expect(csv([[-3]])).toBe('\ufeff-3\r\n');
});
