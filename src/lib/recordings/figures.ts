import { m } from '../i18n/compiled/messages.js';
import { dayAndTime } from '../i18n/format.ts';
import { isolated } from '../i18n/isolated.ts';
import { firstName } from '../people/guest.ts';
import * as duration from '../ui/duration.ts';
import type { Listed, Managed } from './recording.ts';

/** The space before does not break. */
const DOT = '\u00a0· ';

/** Where and in which language times are said. */
export type Place = { language: string; timeZone: string };

/**
 * "Dinner · Willem de Vries", and whether guests cannot see it (yet), in words for `Circumstances`; a list asks for
 * each of its lines.
 */
export function circumstances(
	recording: Pick<Listed, 'moment' | 'speaker' | 'isHidden' | 'visibleFrom'>,
	place: Place
) {
	const { moment, speaker } = recording;
	return {
		words: joined(...[moment, speaker].filter(Boolean).map(isolated)),
		hidden: hidden(recording, place)
	};
}

/** "hidden", "from 12 June 2027, 18:00", or nothing where guests see it. */
export function hidden(
	{ isHidden, visibleFrom }: Pick<Listed, 'isHidden' | 'visibleFrom'>,
	{ language, timeZone }: Place
): string {
	if (isHidden) return m.recording_hidden();
	return visibleFrom ? m.recording_from({ time: dayAndTime(visibleFrom, language, timeZone) }) : '';
}

/** "Family, Work", the groups that a recording is kept to. */
export function groups(
	{ onlyFor }: Pick<Managed, 'onlyFor'>,
	tags: readonly { id: string; name: string }[]
): string {
	return tags
		.filter(({ id }) => onlyFor.includes(id))
		.map(({ name }) => name)
		.join(', ');
}

/** "heard", or how far; nothing for what was hardly begun. */
export function heard({ heard: place }: Pick<Listed, 'heard'>): string {
	if (place && place.seconds >= 3) return m.recording_heard_until({ time: duration.format(place.seconds) });
	return place?.isFinished ? m.recording_heard() : '';
}

export const joined = (...words: string[]) => words.filter(Boolean).join(DOT);

/** What a household gave, the viewer first, in words for `Given`: "You", 5 stars; "Tom", 4 stars. */
export function given(scores: Listed['scores']) {
	const names = scores.map(({ name }) => name ?? m.scores_you());
	const firsts = names.map(firstName);
	const called = new Set(firsts).size === firsts.length ? firsts : names;
	return scores.map(({ stars }, index) => ({
		called: isolated(called[index]!),
		stars,
		label: m.scores_of({ stars })
	}));
}

/** 4.3, or 4,3 where that is how it is written. */
export function average(stars: number, language: string): string {
	return stars.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** 820 kB, 1.2 MB, 48 MB, 3.4 GB: of 1024, as the setting UPLOAD_LIMIT counts. */
export function size(bytes: number, language: string): string {
	const isSmall = bytes < 2 ** 20;
	const isLarge = bytes >= 2 ** 30;
	const amount = bytes / (isSmall ? 2 ** 10 : isLarge ? 2 ** 30 : 2 ** 20);
	const unit = isSmall ? 'kilobyte' : isLarge ? 'gigabyte' : 'megabyte';
	return sizeFormat(language, unit, isSmall || amount >= 10 ? 0 : 1).format(amount);
}

const sizeFormats = new Map<string, Intl.NumberFormat>();

function sizeFormat(language: string, unit: string, maximumFractionDigits: number): Intl.NumberFormat {
	const key = [language, unit, maximumFractionDigits].join();
	const made =
		sizeFormats.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits });
	sizeFormats.set(key, made);
	return made;
}

/** 72%, or 72 % where that is how it is written. */
export function percent(part: number, language: string): string {
	return part.toLocaleString(language, { style: 'percent' });
}

/** "1 minute, 4 seconds", to be read out or to wait for; figures where the browser cannot say it. */
export function spoken(seconds: number, language: string): string {
	if (!('DurationFormat' in Intl)) return duration.format(seconds);
	const { hours, minutes, seconds: rest } = duration.parts(seconds);
	const isZero = hours + minutes + rest === 0;
	const format = new Intl.DurationFormat(language, {
		style: 'long',
		...(isZero && { secondsDisplay: 'always' })
	});
	return format.format({ hours, minutes, seconds: rest });
}
