import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Message = string | { match: Record<string, string> }[];

/** Of two words for one thing the one that we do not use. */
const UNUSED = {
	en: /\b(a|the|by|your|this|another) mails?\b(?! (service|scanner|program))|\bfilm\b|(?<!\{)\bscored?\b|[Ll]og (in|out)\b|\b(do|does|did|is|could) not (know|work|look|arrive)\b/,
	nl: /(?<!e-)mailadres|\btoast|zonder (op te slaan|bewaren)|\bfilm\b|\bopslaan\b|[Tt]yp /
};

it.each(Object.entries(UNUSED))('has one word for one thing in %s', (language, unused) => {
	const folder = `${import.meta.dirname}/${language}`;
	const sentences = readdirSync(folder).flatMap((file) => {
		const messages = Object.values<Message>(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
		return messages.flatMap((message) =>
			typeof message === 'string' ? message : message.flatMap(({ match }) => Object.values(match))
		);
	});
	expect(sentences.length).toBeGreaterThan(250);
	expect(sentences.filter((sentence) => unused.test(sentence))).toEqual([]);
});
