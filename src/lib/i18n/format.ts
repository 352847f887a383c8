const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = language + JSON.stringify(options);
	const known = formats.get(key);
	if (known) return known;
	// making one costs a hundred times what using it does
	const made = new Intl.DateTimeFormat(regional(language), options);
	formats.set(key, made);
	return made;
}

/** British order, words and commas for English. */
export const regional = (language: string) => (language === 'en' ? 'en-GB' : language);

/** Of a month's first day French says "1er", which no format does. */
function write(time: Date, language: string, options: Intl.DateTimeFormatOptions): string {
	const written = format(language, options).format(time);
	if (language === 'fr') return written.replace(/(^| )1 (?=\p{L})/u, '$11er ');
	// some versions have a comma after the weekday
	return language === 'en' ? written.replace(',', '') : written;
}

/** "Saturday 12 June 2027" for a calendar day, which is kept as midnight UTC. */
export function longDay(day: Date, language: string): string {
	return write(day, language, { ...DAY, weekday: 'long', timeZone: 'UTC' });
}

/** "12 June 2027" for a calendar day. */
export function day(day: Date, language: string): string {
	return write(day, language, { ...DAY, timeZone: 'UTC' });
}

/** "12 Jun, 14:05" for a moment, in the wedding's time zone. */
export function moment(time: Date, language: string, timeZone: string): string {
	const day = write(time, language, { day: 'numeric', month: 'short', timeZone });
	return `${day}, ${timeOf(time, language, timeZone)}`;
}

/** "12 June 2027, 18:00" for a moment, in the wedding's time zone. */
export function dayAndTime(time: Date, language: string, timeZone: string): string {
	return `${write(time, language, { ...DAY, timeZone })}, ${timeOf(time, language, timeZone)}`;
}

/** 2027-06-12T18:00, as a field for a day and a time has it. */
export function wallTime(time: Date, timeZone: string): string {
	// Swedish writes it so, with a blank
	return format('sv', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(time).replace(' ', 'T');
}

/** "12 June" for a moment, in the wedding's time zone. */
export function dayOf(time: Date, language: string, timeZone: string): string {
	return write(time, language, { day: 'numeric', month: 'long', timeZone });
}

/** "Saturday 12 June 2027, 14:30" for a moment, in the wedding's time zone. */
export function weekdayAndTime(moment: Date, language: string, timeZone: string): string {
	const day = write(moment, language, { ...DAY, weekday: 'long', timeZone });
	return `${day}, ${timeOf(moment, language, timeZone)}`;
}

/** "14:30" for a moment, in the wedding's time zone. */
export function timeOf(moment: Date, language: string, timeZone: string): string {
	return format(language, { hour: '2-digit', minute: '2-digit', timeZone }).format(moment);
}

/** "Dutch": in that language, as it is called in a sentence. */
export function nameLanguage(named: string, language: string): string {
	return new Intl.DisplayNames(language, { type: 'language' }).of(named) ?? named;
}

const distances = new Map<string, Intl.RelativeTimeFormat>();

/** "in 12 days", "tomorrow", "2 weeks ago". */
export function distance(count: number, unit: 'day' | 'week' | 'month' | 'year', language: string): string {
	const made =
		distances.get(language) ?? new Intl.RelativeTimeFormat(regional(language), { numeric: 'auto' });
	distances.set(language, made);
	return made.format(count, unit);
}
