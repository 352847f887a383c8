import type { Language } from '../i18n/languages.ts';
import { m } from '../i18n/compiled/messages.js';
import { toLocal } from '../kernel/text/local-time.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as homes from '../people/pages.server.ts';
import { readIn } from '../i18n/words.ts';
import * as diets from '../rsvp/diets.server.ts';
import * as events from '../rsvp/events.server.ts';
import * as answers from '../rsvp/pages.server.ts';
import type { Export, Value } from './export.ts';
import { addDiets, type Known } from './known.ts';

/** The language is said each time: what is written later is not in the request any more. */
export type Reader = { language: Language; timeZone: string };
type Rows = AsyncGenerator<Value[]>;

/** The rows of a table, as they are asked for: no more than a page of households is ever here. */
export function listRows(viewer: Viewer, kind: Export, reader: Reader): Rows {
	permit(viewer, 'people:read');
	if (kind === 'guests') return guests(viewer, reader);
	if (kind === 'addresses') return addresses(viewer);
	if (kind === 'calls') return calls(viewer, reader);
	if (kind === 'template') return template(reader);
	return replies(viewer, kind, reader);
}

async function* eachHome(viewer: Viewer, withDiets = false): AsyncGenerator<Known> {
	for (const ids of await homes.listIds(viewer)) {
		const page = await homes.read(viewer, ids);
		const guestIds = page.flatMap(({ guests }) => guests.map(({ id }) => id));
		yield* addDiets(page, withDiets ? await diets.list(viewer, guestIds) : new Map());
	}
}

/** As an import takes it: what is of the household stands in the row of its first guest. */
async function* guests(viewer: Viewer, { language: locale }: Reader): Rows {
	const yes = m.sheet_out_yes({}, { locale });
	const maySee = may(viewer, 'answers:read');
	let number = 0;
	for await (const home of eachHome(viewer, maySee)) {
		number++;
		for (const [at, { name, isChild, diet, email }] of home.guests.entries()) {
			const { phone, address, language, plusOnes, tags, note } = home;
			const own =
				at === 0 ? [phone, address, language, plusOnes || null, tags.join(', '), note] : Array(6).fill(null);
			yield [home.name, name, isChild ? yes : null, diet, email, ...own, number];
		}
	}
}

async function* addresses(viewer: Viewer): Rows {
	for await (const { name, guests, address } of eachHome(viewer)) {
		const [first = '', second = '', third = '', ...more] = address.split('\n');
		yield [name, guests.map((guest) => guest.name).join(', '), first, second, third, more.join(', ')];
	}
}

async function* calls(viewer: Viewer, { timeZone }: Reader): Rows {
	for (const ids of await homes.listIds(viewer))
		for (const { household, guests, phone, calledAt } of await answers.listSilent(viewer, ids))
			yield [household, guests.join(', '), phone, toDay(calledAt, timeZone)];
}

async function* replies(viewer: Viewer, kind: 'answers' | 'caterer', { language, timeZone }: Reader): Rows {
	const speak = { locale: language };
	const yes = m.sheet_out_yes({}, speak);
	const said = {
		yes: m.answer_yes({}, speak),
		no: m.answer_no({}, speak),
		waiting: m.answer_waiting({}, speak)
	};
	const pages = await homes.listIds(viewer);
	for (const { id, name } of await events.list(viewer))
		for (const ids of pages)
			for (const one of await answers.listAnswers(viewer, id, ids)) {
				const start = [readIn(name, language), one.household, one.guest, one.isChild ? yes : null];
				const meal = one.meal && readIn(one.meal, language);
				if (kind === 'caterer' && one.state === 'yes') yield [...start, meal, one.diet];
				if (kind === 'answers')
					yield [...start, one.state && said[one.state], meal, toDay(one.answeredAt, timeZone)];
			}
}

async function* template({ language }: Reader): Rows {
	const home = m.sheet_out_example_home({}, { locale: language });
	yield [home, 'Riet de Boer', null, '', 'riet@example.org', '030 123 45 67', '', language, 1, '', ''];
	yield [home, 'Wim de Boer', null, '', '', '', '', '', null, '', ''];
}

/** The day on the wedding's clock, as midnight UTC: a day of a spreadsheet has no zone. */
const toDay = (time: Date | null, timeZone: string) =>
	time && new Date(`${toLocal(time, timeZone).slice(0, 10)}T00:00:00Z`);
