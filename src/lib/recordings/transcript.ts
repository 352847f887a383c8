import { fold } from '../kernel/text/fold.ts';
import { shorten } from '../kernel/text/shorten.ts';

/** One passage of a transcript; `at` in seconds where it has times, and then `until`. */
export type Cue = { text: string; at?: number; until?: number };

export const isTimed = (transcript: string) => /^\uFEFF?WEBVTT(?=[ \t\n]|$)/.test(transcript);

const TIMES = /^((?:\d+:)?\d\d:\d\d[.,]\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d\d:\d\d[.,]\d{3})/;

/**
 * What is said, in order. Of WebVTT (w3.org/TR/webvtt1) the words and their times: notes, styles and places on a screen
 * are for films. Of plain text its paragraphs.
 */
export function cues(transcript: string): Cue[] {
	const blocks = transcript.split(/\n{2,}/);
	if (!isTimed(transcript)) return blocks.filter(Boolean).map((text) => ({ text }));
	return blocks
		.flatMap((block): Cue[] => {
			const lines = block.split('\n');
			const times = lines.findIndex((line) => TIMES.test(line));
			// before the times there may be a name of the cue, in one line
			if (times < 0 || times > 1) return [];
			const [, at = '', until = ''] = TIMES.exec(lines[times]!)!;
			const text = lines
				.slice(times + 1)
				.map(plain)
				.join('\n')
				.trim();
			return text ? [{ text, at: seconds(at), until: seconds(until) }] : [];
		})
		.toSorted((one, other) => one.at! - other.at!);
}

/** 01:02.500 is 62.5. */
const seconds = (time: string) =>
	time
		.replace(',', '.')
		.split(':')
		.reduce((sum, part) => sum * 60 + Number(part), 0);

const ENTITIES: Record<string, string> = {
	...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&nbsp;': '\u00a0', '&lrm;': '', '&rlm;': '' }
};

/** `<v Anna>Dear Ben</v>` is "Anna: Dear Ben"; other marks are for the eye. */
function plain(line: string): string {
	return line
		.replace(/<v(?:\.[^\s<>]*)?[ \t]([^<>]*)>/g, (_, name: string) => `${name.trim()}: `)
		.replace(/<[^<>]*>/g, '')
		.replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity]!);
}

/** Which of them is heard at `at` seconds: the last that has begun. */
export function heardAt(all: readonly Cue[], at: number): number {
	return all.findLastIndex((cue) => cue.at !== undefined && cue.at <= at);
}

const PASSAGE_LENGTH = 160;

/** Where these words are said, with a little around them; undefined where they are not. */
export function passage(transcript: string, words: string): string | undefined {
	const sought = fold(words);
	const said = cues(transcript).map(({ text }) => text.replaceAll('\n', ' '));
	// somebody may go on in the next passage
	const found =
		said.find((text) => fold(text).includes(sought)) ??
		said.map((text, n) => `${text} ${said[n + 1] ?? ''}`).find((text) => fold(text).includes(sought));
	return found && around(found.trim(), sought);
}

function around(text: string, sought: string): string {
	const parts = text.split(' ');
	const has = (from: number, to: number) => fold(parts.slice(from, to).join(' ')).includes(sought);
	const end = firstWhere(parts.length, (to) => has(0, to));
	const start = firstWhere(end, (from) => !has(from, end)) - 1;
	return shorten(parts.slice(Math.max(0, start - 6)).join(' '), PASSAGE_LENGTH);
}

/** The least number up to `most` from which on it holds, for a long text in few steps. */
function firstWhere(most: number, holds: (n: number) => boolean): number {
	let [low, high] = [0, most];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}
