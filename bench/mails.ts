/*
 * Every kind of mail there is, in every language, and the longest messages that a couple can write: how long one takes to be
 * written as HTML and as text, and how large it is. Prints one JSON line for the slowest of the kinds and for each message.
 *
 *   node bench/mails.ts
 */
import '../src/app/domains.ts';
import { inLanguage } from '../src/lib/i18n/language.server.ts';
import { LANGUAGES } from '../src/lib/i18n/languages.ts';
import { type Letter, writeHtml, writeText } from '../src/lib/mail/letter.ts';
import { render } from '../src/lib/mail/prose.server.ts';
import { LONGEST_TEXT } from '../src/lib/messages/mailing.ts';
import { listSamples } from '../src/lib/outbox/letters.server.ts';
import type { Wedding } from '../src/lib/weddings/wedding.ts';
import { median, say } from './measure.ts';

const ROUNDS = 50;
const wedding = {
	...{ id: 'x', names: 'Anna & Ben', heldOn: new Date('2027-06-12'), place: 'Utrecht', language: 'en' },
	...{ welcome: {}, timeZone: 'Europe/Amsterdam', host: null, guestsMayTake: true }
} as unknown as Wedding;
const link = 'https://anna-and-ben.example/i/ABCDEFGHJKMN';

/** In milliseconds, and bytes. */
async function measure(write: () => Letter | Promise<Letter>) {
	const rounds = [];
	for (let round = 0; round < ROUNDS; round++) {
		const began = performance.now();
		const letter = await write();
		const [html, text] = [writeHtml(letter), writeText(letter)];
		rounds.push({ ms: performance.now() - began, kB: Buffer.byteLength(html) / 1000, text: text.length });
	}
	return { ms: median(rounds, ({ ms }) => ms), kB: rounds[0]!.kB };
}

const kinds = [];
for (const { kind, sample } of listSamples())
	for (const language of LANGUAGES)
		kinds.push({
			kind: `${kind}, ${language}`,
			...(await measure(() => inLanguage(language, () => sample(wedding, { language, link }))))
		});
const [slowest] = kinds.toSorted((one, other) => other.ms - one.ms);
const [largest] = kinds.toSorted((one, other) => other.kB - one.kB);
say({ bench: `the slowest of ${kinds.length}: ${slowest!.kind}`, ours: slowest!.ms, unit: 'ms', atMost: 20 });
say({ bench: `the largest of them: ${largest!.kind}`, ours: largest!.kB, unit: 'kB', atMost: 40 });

const news = listSamples().find(({ kind }) => kind === 'news')!;
const typed = (piece: string) => piece.repeat(Math.floor(LONGEST_TEXT / piece.length));
const texts = {
	'prose, as long as it may be': typed(
		'We have moved the party to **eight**, for there is so much to eat. See [the map](https://a.example/map).\n\n'
	),
	'a list, as long as it may be sent': '- a cake\n'.repeat(500),
	'signs that mean something, without an end': typed('*[_](<>'),
	'nothing but links, as many as may be sent': 'https://a.example/b\n\n'.repeat(130)
};
for (const [name, text] of Object.entries(texts)) {
	const { ms, kB } = await measure(() =>
		inLanguage('en', () => ({ ...news.sample(wedding, { language: 'en', link }), prose: render(text, {}) }))
	);
	say({ bench: `a message: ${name}`, ours: ms, unit: 'ms', atMost: 20, kB, atMostKB: 40 });
}
