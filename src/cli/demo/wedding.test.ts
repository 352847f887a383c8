import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../lib/recordings/audio.server.ts';
import { cues, isTimed } from '../../lib/recordings/transcript.ts';
import { messages } from './messages.ts';
import { about } from './about.ts';
import { households, recordings, type Sound } from './wedding.ts';

const folder = join(import.meta.dirname, 'audio');
const files = readdirSync(folder).filter((name) => name !== 'README.md');
const table = readFileSync(join(folder, 'README.md'), 'utf8');
const seconds = new Map(
	[...table.matchAll(/^\| (\S+\.mp3) .*\| ([\d.]+) +\|$/gm)].map(([, file, length]) => [
		file!,
		Number(length)
	])
);

describe('the demo’s recordings and messages', () => {
	it('are each a file of its own, and there is no other', () => {
		expect([...recordings, ...messages].map(({ file }) => file).toSorted()).toEqual(files.toSorted());
		expect([...seconds.keys()].toSorted()).toEqual(files.toSorted());
	});

	it.each([...seconds])('play everywhere and are as long as they say: %s, %d s', async (file, length) => {
		const { plays, format, durationSeconds } = await recognise(join(folder, file));
		expect({ plays, format }).toEqual({ plays: true, format: 'mp3' });
		// each has a header that counts its frames: nothing has to be decoded for it
		expect(durationSeconds).toBeCloseTo(length, 0);
	});

	it('differ in length, as those of real people do', () => {
		const lengths = [...seconds.values()].toSorted((one, other) => one - other);
		expect(new Set(lengths).size).toBe(lengths.length);
		expect(lengths.at(-1)! / lengths[0]!).toBeGreaterThan(5);
	});

	it('weigh little', () => {
		const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
		expect(bytes).toBeLessThan(2.5e6);
	});

	it('have one to read along with, to its end', () => {
		const [{ file, transcript }] = recordings.filter(({ transcript }) => transcript) as [Required<Sound>];
		expect(isTimed(transcript)).toBe(true);
		const ends = cues(transcript).map(({ until }) => until!);
		expect(ends).toHaveLength(6);
		const rest = seconds.get(file)! - ends.at(-1)!;
		expect(rest).toBeGreaterThan(0);
		expect(rest).toBeLessThan(1);
	});

	it('have stars unless they are hidden', () => {
		for (const { stars, isHidden } of recordings) expect(stars === undefined).toBe(Boolean(isHidden));
	});
});

it('the couple knows something of every household of the demo', () => {
	expect(Object.keys(about).toSorted()).toEqual(households.map(({ name }) => name).toSorted());
});
