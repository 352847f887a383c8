import { m } from '../i18n/compiled/messages.js';
import { type Language, LANGUAGES } from '../i18n/languages.ts';
import { sentence } from '../i18n/say.server.ts';
import { rows } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { type Letter, writeText } from '../mail/letter.ts';
import * as households from '../people/households.server.ts';
import * as tags from '../people/tags.server.ts';
import * as events from '../rsvp/events.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { countAddresses, countLanguages } from './audience.ts';
import * as letters from './letters.server.ts';
import { findLanguage, type Mailing } from './mailing.ts';
import * as mailings from './mailings.server.ts';
import { check, findReach } from './sending.server.ts';

/* What the couple's pages show. */

/** How far a run is: emails, of how many. */
export type Progress = { all: number; waiting: number; lost: number };

export type Listed = Mailing & { progress: Progress | null };

export async function list(viewer: Viewer): Promise<Listed[]> {
	permit(viewer, 'mail:send');
	const all = await mailings.list(viewer);
	const found = await rows<Progress & { runId: string }>(
		'mailings-progress',
		`SELECT m.run_id AS "runId", count(*)::int AS all, count(*) FILTER (WHERE d.state <= 'sending')::int AS waiting,
			count(*) FILTER (WHERE d.state IN ('unsure', 'skipped', 'failed', 'bounced', 'complained'))::int AS lost
		FROM message m JOIN delivery d ON d.message_id = m.id
		WHERE m.wedding_id = $1::uuid AND m.run_id = ANY($2::uuid[]) GROUP BY m.run_id`,
		[viewer.weddingId, all.map(({ runId }) => runId).filter(Boolean)]
	);
	const byRun = new Map(found.map(({ runId, ...progress }) => [runId, progress]));
	return all.map((mailing) => ({ ...mailing, progress: byRun.get(mailing.runId ?? '') ?? null }));
}

/** One with all that can be chosen for it, and what keeps it from being sent. */
export async function edit(viewer: Viewer, id: string) {
	permit(viewer, 'mail:send');
	const mailing = await mailings.get(viewer, id);
	const all = await households.list(viewer);
	const found = await findReach(viewer, mailing);
	return {
		mailing,
		...(await sayFaults(viewer, mailing)),
		languages: await listLanguages(viewer, mailing, all),
		reach: { households: found.reached.length, missed: found.missed.length },
		households: all.map(({ id, name }) => ({ id, name })),
		...(await listChoices(viewer))
	};
}

/** A text that is not there yet: a greeting in each language. */
export async function begin(viewer: Viewer) {
	permit(viewer, 'mail:send');
	const languages = await listLanguages(viewer, { subject: {}, text: {} }, await households.list(viewer));
	const greet = (locale: string) => m.mail_hello({ name: '{first_names}' }, { locale: locale as Language });
	return { languages, text: Object.fromEntries(languages.map((one) => [one, `${greet(one)}\n\n`])) };
}

/** Who gets it, who cannot, and what languages of theirs have no text, before it goes. */
export async function confirm(viewer: Viewer, id: string) {
	permit(viewer, 'mail:send');
	const mailing = await mailings.get(viewer, id);
	const found = await findReach(viewer, mailing);
	const { language: usual } = await weddings.get(viewer);
	const foreign = countLanguages(found)
		.map(([language, count]) => ({ language, count, other: findLanguage(mailing, language, usual) }))
		.filter(({ language, other }) => other && language !== other);
	return {
		mailing,
		...found,
		...(await sayFaults(viewer, mailing)),
		foreign,
		emails: countAddresses(found),
		...(await listChoices(viewer))
	};
}

/** As somebody of a household reads it; the first of the list where none is asked for. */
export async function preview(viewer: Viewer, id: string, asked: string) {
	permit(viewer, 'mail:send');
	const mailing = await mailings.get(viewer, id);
	const all = await households.list(viewer);
	const household = all.find((one) => one.id === asked) ?? all[0];
	return {
		mailing,
		...(await sayFaults(viewer, mailing)),
		household: household?.id ?? '',
		letter: household ? describe(await letters.preview(viewer.weddingId, mailing, household.id)) : null,
		households: all.map(({ id, name }) => ({ id, name }))
	};
}

async function listChoices(viewer: Viewer) {
	const all = await events.list(viewer);
	return { tags: await tags.list(viewer), events: all.map(({ id, name }) => ({ id, name })) };
}

const describe = (letter: Letter | null) =>
	letter && { subject: letter.subject, language: letter.language, text: writeText(letter) };

/** The letter of that preview. */
export async function read(viewer: Viewer, id: string, householdId: string): Promise<Letter | null> {
	permit(viewer, 'mail:send');
	return letters.preview(viewer.weddingId, await mailings.get(viewer, id), householdId);
}

async function sayFaults(viewer: Viewer, mailing: Mailing) {
	const faults = (await check(viewer, mailing)).map(sentence);
	const failure = mailing.failure && sentence(new Problem(409, mailing.failure));
	return { faults, failure };
}

type Spoken = { language: string }[];

/** Those of the guests, of the wedding, and those in which something is written already. */
async function listLanguages(
	viewer: Viewer,
	{ subject, text }: Pick<Mailing, 'subject' | 'text'>,
	spoken: Spoken
): Promise<string[]> {
	const { language } = await weddings.get(viewer);
	const wanted = new Set([language, ...spoken.map((one) => one.language)]);
	for (const [known, words] of Object.entries({ ...subject, ...text })) if (words) wanted.add(known);
	return LANGUAGES.filter((one) => wanted.has(one));
}
