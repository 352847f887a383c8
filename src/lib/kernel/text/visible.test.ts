import { expect, it } from 'vitest';
import { cleanName } from '../files/file-names.ts';
import { line, requiredLine } from '../forms/fields.ts';
import { stripInvisible } from './visible.ts';

it.each([
	['\u202eAnna', 'Anna'],
	['\u2067דנה\u2069', 'דנה'],
	['\u200fדנה\u200e', 'דנה'],
	['An\u200bna', 'Anna'],
	['\ufeffAnna\u2060', 'Anna'],
	['Wil\u00adhelm', 'Wilhelm'],
	['An\u200cna', 'Anna'],
	['\u200d', ''],
	['\u200b\u200c \u200d\ufe0f', ' '],
	['\u3164\u115f', '']
])('takes out of %j what nobody sees', (typed, seen) => {
	expect(stripInvisible(typed)).toBe(seen);
});

it.each([
	'علی\u200cرضا',
	'ක්\u200dරිෂාන්',
	'മോഹന്\u200d',
	'क्\u200dष',
	'👩\u200d❤️\u200d👩',
	'👩🏽\u200d🍳',
	'🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
	'❤️',
	'葛\u{e0100}城',
	'Zoe\u0308',
	'𝒜nna'
])('leaves “%s” as it is spelled', (name) => {
	expect(stripInvisible(name)).toBe(name);
});

it('leaves a name of such signs empty, wherever one is typed', () => {
	for (const typed of ['\u200b', '\u2068\u2069', ' \u200d\u202c ', '\u2800\u3164']) {
		expect(line(80).parse(typed), JSON.stringify(typed)).toBe('');
		expect(requiredLine(80).safeParse(typed).error?.issues).toMatchObject([{ message: 'required' }]);
	}
	expect(requiredLine(80).parse('\u202bAnna\u202c van\r\nDijk')).toBe('Anna van Dijk');
	expect(cleanName('\u202egpj.\u2066toast\u2069.mp3')).toBe('gpj.toast.mp3');
	expect(cleanName('علی\u200cرضا.mp3')).toBe('علی\u200cرضا.mp3');
});
