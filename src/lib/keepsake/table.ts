import { m } from '../i18n/compiled/messages.js';
import { wallTime } from '../i18n/format.ts';
import { csv } from '../kernel/text/csv.ts';
import * as figures from '../recordings/figures.ts';
import * as duration from '../ui/duration.ts';
import type { Message } from './message.ts';
import type { Track } from './track.ts';

/** The same list for a spreadsheet; with scores where the reader may know them. */
export function drawTable(tracks: Track[], language: string): string {
	const isScored = tracks.some(({ score }) => score);
	const head = [
		...[m.keepsake_number(), m.field_title(), m.field_moment(), m.field_speaker()],
		...[m.field_recorded_on(), m.keepsake_length(), m.keepsake_file(), m.keepsake_original()]
	];
	const lines = tracks.map((track, index) => [
		...[index + 1, track.title, track.moment, track.speaker],
		...[track.recordedOn?.toISOString().slice(0, 10) ?? null, duration.format(track.durationSeconds)],
		...[track.path, track.originalName],
		...(isScored ? scoreOf(track, language) : [])
	]);
	return csv([isScored ? [...head, m.keepsake_average(), m.keepsake_scored()] : head, ...lines]);
}

/** The guest book's, with the moment on the wedding's clock. */
export function drawMessages(messages: Message[], timeZone: string): string {
	const head = [
		...[m.keepsake_number(), m.keepsake_spoken_by(), m.keepsake_spoken_at(), m.keepsake_length()],
		...[m.keepsake_answer(), m.keepsake_file()]
	];
	const lines = messages.map(({ speaker, createdAt, durationSeconds, reply, path }, index) => [
		...[index + 1, speaker, wallTime(createdAt, timeZone).replace('T', ' ')],
		...[duration.format(durationSeconds), reply, path]
	]);
	return csv([head, ...lines]);
}

function scoreOf({ score }: Track, language: string): [average: string | null, scored: number] {
	return [score ? figures.average(score.average, language) : null, score?.scored ?? 0];
}
