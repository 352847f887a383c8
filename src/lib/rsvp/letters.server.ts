import { m } from '../i18n/compiled/messages.js';
import { weekdayAndTime } from '../i18n/format.ts';
import { isolated } from '../i18n/isolated.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Letter } from '../mail/letter.ts';
import type { Compose, Sample } from '../outbox/letters.server.ts';
import { enumerate, firstName } from '../people/guest.ts';
import * as readers from '../people/readers.server.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { readIn } from '../i18n/words.ts';
import { list, say } from './question.ts';
import type { Sheet } from './reply.ts';
import { sampleHousehold, sampleSheet } from './sample.ts';
import * as sheet from './sheet.server.ts';

/** What a household has answered, as it is when the letter leaves; what they eat is on the site alone. */
export const answers: Compose<'answers'> = async (mail) => {
	const found = await readers.find(mail);
	if (!found) return null;
	const { wedding, id, ...about } = found;
	return writeAnswers(wedding, { stored: await sheet.read(wedding.id, id, db), ...about });
};

export const answersSample: Sample = (wedding, { language, link }) =>
	writeAnswers(wedding, { ...sampleHousehold, stored: sampleSheet(wedding), url: link, language });

type Answered = {
	stored: Pick<Sheet, 'events' | 'replies' | 'questions' | 'given' | 'song' | 'onBehalfBy'>;
	guests: { name: string }[];
	/** of those who read it */
	names: string[];
	url: string;
	language: string;
};

function writeAnswers(
	wedding: Pick<Wedding, 'names' | 'host' | 'timeZone'>,
	{ stored, guests, names: readers, url, language }: Answered
): Letter {
	const first = readers.map((name) => isolated(firstName(name)));
	const everybody = guests.map(({ name }) => isolated(name));
	const names = wedding.names || m.mail_wedding_unnamed();
	return {
		subject: m.mail_answers_subject({ names }),
		from: names,
		paragraphs: [
			m.mail_hello({ name: enumerate(first, language) }),
			stored.onBehalfBy
				? m.mail_answers_behalf({ name: isolated(stored.onBehalfBy) })
				: m.mail_answers_text(),
			...describeAll(stored, language, wedding.timeZone),
			...describeQuestions(stored, language),
			...(stored.song ? [m.mail_answers_song({ song: stored.song })] : []),
			`${m.calendar_put()}:\n${weddings.originOf(wedding)}/calendar`
		],
		button: { label: m.mail_answers_button(), url },
		footer: m.mail_invitation_footer({ household: enumerate(everybody, language) }),
		language
	};
}

/** Of each event that somebody of a household is asked to: "Dinner, Saturday 12 June 2027, 18:00", and below it who comes and chose what. */
export function describeAll(
	stored: Pick<Sheet, 'events' | 'replies'>,
	language: string,
	timeZone: string
): string[] {
	return stored.events.map((event) => describe(event, stored, language, timeZone));
}

function describe(
	event: Sheet['events'][0],
	{ replies }: Pick<Sheet, 'replies'>,
	language: string,
	timeZone: string
): string {
	const lines = event.guests.map(({ id, name }) => {
		const { state, mealId } = replies[event.id]?.[id] ?? {};
		const meal = event.meals.find((meal) => meal.id === mealId);
		const words = { yes: m.answer_yes, no: m.answer_no, waiting: m.answer_waiting, silent: m.answer_none };
		const said = words[state ?? 'silent']();
		return `${isolated(name)}: ${[said, meal && readIn(meal.name, language)].filter(Boolean).join(', ')}`;
	});
	const head = `${readIn(event.name, language)}, ${weekdayAndTime(event.startsAt, language, timeZone)}`;
	return [head, ...lines].join('\n');
}

/** Each of the couple's questions that has an answer, and below it the answers. */
function describeQuestions(stored: Answered['stored'], language: string): string[] {
	return list(stored).map(({ question, values }) => {
		const lines = values.map(({ owner, value }) => {
			const answer = isolated(say(question, value, language));
			return question.scope === 'household'
				? answer
				: m.question_said({ name: isolated(owner.name), answer });
		});
		return [readIn(question.text, language), ...lines].join('\n');
	});
}
