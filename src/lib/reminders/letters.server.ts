import { m } from '../i18n/compiled/messages.js';
import { dayAndTime } from '../i18n/format.ts';
import { isolated } from '../i18n/isolated.ts';
import { DAY } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { toInstant } from '../kernel/text/local-time.ts';
import type { Letter } from '../mail/letter.ts';
import type { Compose, Sample } from '../outbox/letters.server.ts';
import { enumerate, firstName } from '../people/guest.ts';
import * as readers from '../people/readers.server.ts';
import * as sheet from '../rsvp/sheet.server.ts';
import type { Wedding } from '../weddings/wedding.ts';

/** Not wanted any more once everybody has answered, nobody can, or nobody of the household has this address. */
export const reminder: Compose<'reminder'> = async (mail) => {
	const found = await readers.find(mail);
	if (!found) return null;
	const { wedding, id, guests, ...about } = found;
	const { events, replies, isOpen, answersUntil } = await sheet.read(wedding.id, id, db);
	const isSilent = (id: string) =>
		events.some((event) => event.guests.some((guest) => guest.id === id) && !replies[event.id]?.[id]?.state);
	const silent = guests.filter(({ id }) => isSilent(id)).map(({ name }) => name);
	if (silent.length === 0 || !isOpen) return null;
	return writeReminder(wedding, {
		guests: guests.map(({ name }) => name),
		...{ ...about, silent, until: answersUntil }
	});
};

export const reminderSample: Sample = (wedding, { language, link }) =>
	writeReminder(wedding, {
		...{ guests: ['Maria Jansen', 'Jan Jansen'], silent: ['Jan Jansen'], names: ['Maria Jansen'] },
		...{ until: wedding.heldOn && lastEvening(wedding.heldOn, wedding.timeZone), url: link, language }
	});

/** Six weeks before the day, which is midnight in UTC, at its end where the wedding is. */
function lastEvening(heldOn: Date, timeZone: string): Date {
	const day = new Date(heldOn.getTime() - 42 * DAY * 1000).toISOString().slice(0, 10);
	return toInstant(`${day}T23:59`, timeZone);
}

type Reminded = {
	/** all of the household */
	guests: string[];
	silent: string[];
	/** of those who read it */
	names: string[];
	until: Date | null;
	url: string;
	language: string;
};

function writeReminder(wedding: Pick<Wedding, 'names' | 'timeZone'>, about: Reminded): Letter {
	const { guests, silent, names: readers, until, url, language } = about;
	const names = wedding.names || m.mail_wedding_unnamed();
	const join = (all: string[]) => enumerate(all.map(isolated), language);
	const time = until && dayAndTime(until, language, wedding.timeZone);
	const isPart = silent.length < guests.length;
	return {
		subject: m.mail_reminder_subject({ names }),
		from: names,
		paragraphs: [
			m.mail_hello({ name: join(readers.map(firstName)) }),
			isPart ? m.mail_reminder_part({ names: join(silent) }) : m.mail_reminder_text(),
			...(time ? [m.mail_reminder_until({ time })] : []),
			m.mail_reminder_how()
		],
		button: { label: m.mail_reminder_button(), url },
		footer: m.mail_invitation_footer({ household: join(guests) }),
		language
	};
}
