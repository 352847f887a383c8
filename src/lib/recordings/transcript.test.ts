import { describe, expect, it } from 'vitest';
import { cues, heardAt, passage } from './transcript.ts';

const VTT = `WEBVTT - Toast

NOTE not said
by anybody

STYLE
::cue { color: red }

1
00:01.000 --> 00:04.500 align:start
<v Anna>Dear <i>Ben</i>,
&lt;applause&gt; &amp; more

01:00:02.250 --> 01:00:03.000
the end

00:05.000 --> 00:06.000
in between`;

describe('a transcript', () => {
	it('with times is its words by their times, without what is for the eye', () => {
		expect(cues(VTT)).toEqual([
			{ text: 'Anna: Dear Ben,\n<applause> & more', at: 1, until: 4.5 },
			{ text: 'in between', at: 5, until: 6 },
			{ text: 'the end', at: 3602.25, until: 3603 }
		]);
	});

	it('without times is its paragraphs, whatever they begin with', () => {
		const text = 'WEBVTTs are\nnot this\n\n\n00:01.000 --> 00:02.000';
		expect(cues(text)).toEqual([{ text: 'WEBVTTs are\nnot this' }, { text: '00:01.000 --> 00:02.000' }]);
		expect(cues('')).toEqual([]);
	});

	it('has nothing where WebVTT has no times', () => {
		expect(cues('WEBVTT\n\nhello')).toEqual([]);
		expect(cues('WEBVTT\n\n00:01 --> 00:02\nhello')).toEqual([]);
	});

	it('knows which of it is heard', () => {
		const all = cues(VTT);
		expect([0, 1, 4.9, 5, 9999].map((at) => heardAt(all, at))).toEqual([-1, 0, 0, 1, 2]);
		expect(heardAt([{ text: 'a' }], 5)).toBe(-1);
	});

	it('that goes on for ever without an end takes no time', () => {
		const before = performance.now();
		for (const mark of ['<v ', '<v\t\t', ' ', '<', '00:01.000 -->'])
			cues(`WEBVTT\n\n00:01.000 --> 00:02.000\n<v${mark.repeat(100_000 / mark.length)}`);
		expect(performance.now() - before).toBeLessThan(1000);
	});
});

describe('a passage', () => {
	const text =
		'Dear Ben, dear all.\n\nShe said that the answer, by the way, was always “Łódź” and\nnothing else.';

	it('is where the words are said, however they are written', () => {
		expect(passage(text, 'LODZ')).toBe('answer, by the way, was always “Łódź” and nothing else.');
		expect(passage(text, 'dear ben')).toBe('Dear Ben, dear all.');
		expect(passage(text, 'and nothing')).toContain('and nothing else.');
		expect(passage(text, 'all she')).toContain('all. She said');
		expect(passage(text, 'Cornelia')).toBeUndefined();
	});

	it('is not in the times, nor in the marks', () => {
		expect(passage(VTT, '01:00')).toBeUndefined();
		expect(passage(VTT, 'color')).toBeUndefined();
		expect(passage(VTT, 'the end')).toBe('the end');
	});

	it('is short, and soon found in a long text', () => {
		const long = `${'la '.repeat(33_000)}fin`;
		const before = performance.now();
		expect(passage(long, 'fin')).toBe('la la la la la la fin');
		expect(passage(`a${'b '.repeat(49_000)}`, 'ab')!.length).toBeLessThanOrEqual(160);
		expect(performance.now() - before).toBeLessThan(1000);
	});
});
