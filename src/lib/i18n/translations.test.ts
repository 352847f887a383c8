import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Catalogue, findMistakes } from '../../testing/translations.ts';
import { m } from './compiled/messages.js';
import { baseLocale } from './compiled/runtime.js';
import { LANGUAGES } from './languages.ts';
import settings from './project.inlang/settings.json' with { type: 'json' };

const text = (language: string, file: string) =>
	readFileSync(`${import.meta.dirname}/${language}/${file}`, 'utf8');
const read = (language: string, file: string) => JSON.parse(text(language, file)) as Catalogue;
const files = readdirSync(`${import.meta.dirname}/${baseLocale}`).sort();

describe.each(LANGUAGES)('in %s', (language) => {
	it('there are the same files as in English', () => {
		expect(readdirSync(`${import.meta.dirname}/${language}`).sort()).toEqual(files);
	});

	it.each(files)('%s says all that it does in English', (file) => {
		const source = read(baseLocale, file);
		const mistakes = findMistakes(source, read(language, file), language);
		expect(mistakes.filter((mistake) => language !== baseLocale || !mistake.endsWith('in English'))).toEqual(
			[]
		);
	});

	it('each key stands once, in whatever file', () => {
		const keys = files.flatMap((file) =>
			[...text(language, file).matchAll(/^\t"(\w+)":/gm)].map(([, key]) => key!)
		);
		expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
	});
});

it.each([
	['away.html', m.failure_away],
	['too-large.html', m.problem_status_413]
])('nginx says in %s what the site does, in every language', (file, say) => {
	const page = readFileSync(`${import.meta.dirname}/../../../nginx/${file}`, 'utf8');
	for (const locale of LANGUAGES)
		expect(page).toMatch(
			new RegExp(`lang="${locale}"[^]*<h1>${say({}, { locale }).replace('.', '\\.')}</h1>`)
		);
});

it('the settings name every file and every folder', () => {
	const { locales, 'plugin.inlang.messageFormat': format } = settings;
	expect([...format.pathPattern].sort()).toEqual(files.map((file) => `./{locale}/${file}`));
	const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name))
		.map(({ name }) => name);
	expect([...locales].sort()).toEqual(folders.sort());
});

describe('a mistake is found', () => {
	const counted = (match: Record<string, string>) => [
		{ declarations: ['input count', 'local n = count: plural'], selectors: ['n'], match }
	];
	const english: Catalogue = {
		hello: 'Hello {name}.',
		left: counted({ 'n=one': 'One place', 'n=other': '{count} places' }),
		heard: [
			{
				declarations: ['input count', 'local n = count: plural'],
				selectors: ['count', 'n'],
				match: { 'count=0, n=*': 'None', 'count=*, n=one': 'One', 'count=*, n=other': '{count} of them' }
			}
		],
		long: 'This is a sentence that somebody left as it was.'
	};
	const dutch: Catalogue = {
		hello: 'Dag {name}.',
		left: counted({ 'n=one': 'Eén plek', 'n=other': '{count} plekken' }),
		heard: [
			{ ...(english.heard![0] as object), match: { 'count=0, n=*': 'Geen', 'count=*, n=*': '{count} stuks' } }
		] as never,
		long: 'Dit is een zin die is vertaald.'
	};

	it('and only there', () => {
		expect(findMistakes(english, dutch, 'nl')).toEqual([]);
		const many = counted({
			'n=one': 'Une place',
			'n=many': '{count} de places',
			'n=other': '{count} places'
		});
		expect(findMistakes({ left: english.left! }, { left: many }, 'fr')).toEqual([]);
	});

	it.each<[string, Catalogue, string[]]>([
		['a key that is missing', { hello: undefined as never }, ['hello is missing']],
		['a key that nobody asks for', { helo: 'Dag' }, ['helo is not used']],
		['nothing', { hello: ' ' }, ['hello leaves out {name}', 'hello is empty']],
		[
			'a blank of another name',
			{ hello: 'Dag {naam}.' },
			['hello leaves out {name}', 'hello asks for {naam}']
		],
		['English', { long: english.long! }, ['long is in English']],
		[
			'a plural that is missing',
			{ left: counted({ 'n=one': 'Eén', 'n=few': '{count} plekken' }) },
			['left says nothing for other']
		],
		[
			'a number that is missing',
			{ left: counted({ 'n=one': '{count} plek', 'n=other': 'plekken' }) },
			['left n=other leaves out {count}']
		],
		[
			'an empty plural',
			{ left: counted({ 'n=one': '', 'n=other': '{count} plekken' }) },
			['left n=one is empty']
		],
		[
			'what is not declared',
			{
				left: [
					{
						declarations: ['input count', 'local n = cuont: plural'],
						selectors: ['n'],
						match: { 'n=*': '{count}' }
					}
				]
			},
			['left selects by n']
		],
		[
			'a value that is missing',
			{
				heard: [{ ...(english.heard![0] as object), match: { 'count=*, n=other': '{count} stuks' } }] as never
			},
			['heard says nothing for 0, one', 'heard says nothing for another, one']
		]
	])('where there is %s', (_, change, mistakes) => {
		const changed = Object.fromEntries(Object.entries({ ...dutch, ...change }).filter(([, said]) => said));
		expect(findMistakes(english, changed, 'nl')).toEqual(mistakes);
	});

	it('where a language has more plurals than English', () => {
		const two = counted({ 'n=one': '{count} miejsce', 'n=other': '{count} miejsca' });
		expect(findMistakes({ left: english.left! }, { left: two }, 'pl')).toEqual([
			'left says nothing for few',
			'left says nothing for many'
		]);
	});
});
