const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = language + JSON.stringify(options);
	const known = formats.get(key);
	if (known) return known;
	// British order and words for English; making one costs a hundred times what using it does
	const made = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options);
	formats.set(key, made);
	return made;
}

/** "Saturday 12 June 2027" for a calendar day, which is kept as midnight UTC. */
export function longDay(day: Date, language: string): string {
	return format(language, {
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC'
	})
		.format(day)
		.replace(',', '');
}

/** "12 June 2027" for a calendar day. */
export function day(day: Date, language: string): string {
	return format(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(day);
}

/** "12 Jun, 14:05" for a moment, in the wedding's time zone. */
export function moment(time: Date, language: string, timeZone: string): string {
	return format(language, {
		day: 'numeric',
		month: 'short',
		hour: '2-digit',
		minute: '2-digit',
		timeZone
	}).format(time);
}

/** "12 June 2027, 18:00" for a moment, in the wedding's time zone. */
export function dayAndTime(time: Date, language: string, timeZone: string): string {
	return format(language, {
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		timeZone
	})
		.format(time)
		.replace(/ (at|om) /, ', ');
}

/** 2027-06-12T18:00, as a field for a day and a time has it. */
export function wallTime(time: Date, timeZone: string): string {
	// Swedish writes it so, with a blank
	return format('sv', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(time).replace(' ', 'T');
}

/** "12 June" for a moment, in the wedding's time zone. */
export function dayOf(time: Date, language: string, timeZone: string): string {
	return format(language, { day: 'numeric', month: 'long', timeZone }).format(time);
}

/** "Saturday 12 June 2027, 14:30" for a moment, in the wedding's time zone. */
export function weekdayAndTime(moment: Date, language: string, timeZone: string): string {
	const day = format(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone });
	return `${day.format(moment).replace(',', '')}, ${timeOf(moment, language, timeZone)}`;
}

/** "14:30" for a moment, in the wedding's time zone. */
export function timeOf(moment: Date, language: string, timeZone: string): string {
	return format(language, { hour: '2-digit', minute: '2-digit', timeZone }).format(moment);
}
