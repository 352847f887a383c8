import { sentence } from '../i18n/say.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { type Letter, writeText } from '../mail/letter.ts';
import { isUnderWay, type Run } from '../outbox/run.ts';
import * as runs from '../outbox/runs.server.ts';
import * as households from '../people/households.server.ts';
import * as tags from '../people/tags.server.ts';
import * as events from '../rsvp/events.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { countAddresses, countLanguages } from './audience.ts';
import * as languages from './languages.server.ts';
import * as letters from './letters.server.ts';
import { findLanguage, type Mailing } from './mailing.ts';
import * as mailings from './mailings.server.ts';
import { greet } from './placeholder.ts';
import { check, findReach } from './sending.server.ts';

/* What the couple's pages show. */

export type Listed = Mailing & { run: Run | null };

/** What the couple writes, and what else is under way. */
export async function list(viewer: Viewer): Promise<{ mailings: Listed[]; runs: Run[] }> {
	permit(viewer, 'mail:send');
	const all = await mailings.list(viewer);
	const byId = new Map((await runs.list(viewer)).map((run) => [run.id, run]));
	const listed = all.map((mailing) => ({ ...mailing, run: byId.get(mailing.runId ?? '') ?? null }));
	for (const { runId } of all) byId.delete(runId ?? '');
	return { mailings: listed, runs: [...byId.values()].filter(isUnderWay) };
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
		languages: await languages.list(viewer, mailing),
		run: mailing.runId ? await runs.get(viewer, mailing.runId) : null,
		reach: { households: found.reached.length, missed: found.missed.length },
		households: all.map(({ id, name, guests }) => ({ id, name, guests: guests.map((guest) => guest.name) })),
		...(await listChoices(viewer))
	};
}

/** A text that is not there yet: a greeting in each language. */
export async function begin(viewer: Viewer) {
	permit(viewer, 'mail:send');
	const asked = await languages.list(viewer, { kind: 'news', subject: {}, text: {} });
	return { languages: asked, text: Object.fromEntries(asked.map((one) => [one, `${greet(one)}\n\n`])) };
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
	const emails = countAddresses(found);
	return {
		mailing,
		...found,
		...(await sayFaults(viewer, mailing)),
		foreign,
		emails,
		forecast: await runs.forecast(viewer, emails),
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

/** Why something did not leave that is not in its text. */
const BY_THEMSELVES = new Set(['mailing_nobody', 'mailing_invited', 'mailing_restored', 'mailing_moved']);

async function sayFaults(viewer: Viewer, mailing: Mailing) {
	const found = await check(viewer, mailing);
	const isPlain = BY_THEMSELVES.has(mailing.failure ?? '');
	const failure =
		found.find(({ code }) => code === mailing.failure) ?? (isPlain && new Problem(409, mailing.failure!));
	return { faults: found.map(sentence), failure: failure ? sentence(failure) : '' };
}
