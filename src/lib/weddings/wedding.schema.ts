import { z } from 'zod';
import { LANGUAGES } from '../i18n/languages.ts';
import { byLanguage } from '../i18n/words.schema.ts';
import { day, line, requiredLine, text, tick } from '../kernel/forms/fields.ts';

export const Language = z.enum(LANGUAGES, { error: 'invalid' });

const timeZones = new Set(Intl.supportedValuesOf('timeZone'));

export const WeddingDetails = z.object({
	names: requiredLine(80),
	heldOn: day,
	place: line(120),
	welcome: byLanguage(text(2000)),
	timeZone: z.string().refine((zone) => timeZones.has(zone), 'time_zone'),
	language: Language,
	guestsMayTake: tick
});
export type WeddingDetails = z.output<typeof WeddingDetails>;
