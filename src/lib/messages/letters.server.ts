import { m } from '../i18n/compiled/messages.js';
import { dayOf } from '../i18n/format.ts';
import { isolated } from '../i18n/isolated.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { db, now } from '../kernel/db/db.server.ts';
import { isSameAddress } from '../kernel/text/address.ts';
import * as looks from '../looks/looks.server.ts';
import type { Letter } from '../mail/letter.ts';
import { fillLine, render } from '../mail/prose.server.ts';
import type { Compose, Sample } from '../outbox/letters.server.ts';
import { enumerate, findAddressees, firstName } from '../people/guest.ts';
import { link } from '../people/invitations.server.ts';
import * as standard from '../people/jobs.server.ts';
import { describeAll } from '../rsvp/letters.server.ts';
import { sampleHousehold, sampleSheet } from '../rsvp/sample.ts';
import * as sheet from '../rsvp/sheet.server.ts';
import { hasPassed, type Wedding } from '../weddings/wedding.ts';
import { findLanguage, type Mailing, type Written } from './mailing.ts';
import { read } from './mailings.server.ts';
import { findUsed } from './placeholder.ts';

type Home = {
	id: string;
	name: string;
	language: string;
	code: string;
	wedding: Wedding;
	guests: { id: string; name: string; email: string | null }[];
};

/** Braces are blanks in the files of words. */
const SIGNS = { open: '{', close: '}' };

/** What the couple wrote, to one household, as it and the text are when the letter leaves. */
export const news: Compose<'news'> = async ({ weddingId, payload, householdId, address }) => {
	const [mailing, home] = [
		await findMailing(weddingId, payload.mailingId),
		await findHome(weddingId, householdId)
	];
	const reader = findReader(home, address);
	return mailing && home && reader ? compose(mailing, home, reader.names) : null;
};

/** The couple's own invitation, or ours where they have none. */
export const invitation: Compose<'invitation'> = async (mail) => {
	const { weddingId, householdId, address } = mail;
	const found = await db.mailing.findFirst({ where: { weddingId, kind: 'invitation', removedAt: null } });
	const home = found && (await findHome(weddingId, householdId));
	const reader = home && findReader(home, address);
	if (!found || !home || !reader || (await isOver(home.wedding, found))) return standard.invitation(mail);
	return (await compose(read(found), home, reader.names)) ?? standard.invitation(mail);
};

/** What somebody of this household would read, for the couple to look at. Null where there is no text yet. */
export async function preview(
	weddingId: string,
	mailing: Mailing,
	householdId: string
): Promise<Letter | null> {
	const home = await findHome(weddingId, householdId);
	if (!home) return null;
	const [first] = findAddressees(home.guests);
	const names = first?.names ?? home.guests.map(({ name }) => name);
	const letter = await inLanguage(home.language, () => compose(mailing, home, names));
	return letter && { ...letter, look: await looks.find(weddingId) };
}

/** To the couple themselves, as that household would get it. */
export const trial: Compose<'trial'> = async ({ weddingId, payload: { mailingId, householdId } }) => {
	const mailing = await findMailing(weddingId, mailingId);
	const letter = mailing && (await preview(weddingId, mailing, householdId));
	return letter && { ...letter, subject: m.mailing_trial_subject({ subject: letter.subject }) };
};

export const newsSample: Sample = (wedding, { language, link }) => {
	const text = {
		subject: { [language]: m.mailing_sample_subject() },
		text: { [language]: m.mailing_sample(SIGNS) }
	};
	const { guests, names } = sampleHousehold;
	const values = {
		first_names: enumerateFirst(names, language),
		...{ household: isolated('Jansen'), link, deadline: '' },
		answer: describeAll(sampleSheet(wedding), language, wedding.timeZone).join('\n\n')
	};
	return write({ ...text, kind: 'news' }, { wedding, guests, language, url: link, values, line: '' });
};

/** Words from before the day are not for those who are invited after it. */
async function isOver(wedding: Wedding, { createdAt }: { createdAt: Date }): Promise<boolean> {
	return hasPassed(wedding, await now()) && !hasPassed(wedding, createdAt);
}

async function findMailing(weddingId: string, id: string): Promise<Mailing | null> {
	const found = await db.mailing.findUnique({ where: { id, weddingId } });
	return found && read(found);
}

async function findHome(weddingId: string, id: string | null): Promise<Home | null> {
	const guests = { orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }] };
	const where = { id: id!, weddingId };
	return (await db.household.findUnique({ where, include: { wedding: true, guests } })) as Home | null;
}

function findReader(home: Home | null, address: string) {
	return findAddressees(home?.guests ?? []).find((one) => isSameAddress(one.address, address));
}

async function compose(mailing: Mailing, home: Home, names: string[]): Promise<Letter | null> {
	const { wedding, guests } = home;
	const language = findLanguage(mailing, home.language, wedding.language);
	if (!language) return null;
	const url = link(wedding, home.code);
	const values = {
		first_names: enumerateFirst(names, language),
		...{ household: isolated(home.name), link: url },
		...(await sayAnswers(mailing.text[language]! + mailing.subject[language]!, home, language))
	};
	const where = { mailingId_householdId: { mailingId: mailing.id, householdId: home.id } };
	const line = (await db.personalLine.findUnique({ where }))?.text ?? '';
	return write(mailing, { wedding, guests, language, url, values, line });
}

function enumerateFirst(names: string[], language: string): string {
	return enumerate(
		names.map((name) => isolated(firstName(name))),
		language
	);
}

/** Asked only where the text says it: it takes a query for each household. */
async function sayAnswers(text: string, { id, wedding }: Home, language: string) {
	const used = findUsed(text);
	if (!used.has('answer') && !used.has('deadline')) return { answer: '', deadline: '' };
	const stored = await sheet.read(wedding.id, id, db);
	const answer = describeAll(stored, language, wedding.timeZone).join('\n\n') || m.placeholder_answer_none();
	const until = stored.answersUntil ?? wedding.heldOn;
	return { answer, deadline: until ? dayOf(until, language, wedding.timeZone) : '' };
}

type Filled = {
	wedding: Pick<Wedding, 'names'>;
	guests: { name: string }[];
	/** in which it is written */
	language: string;
	url: string;
	values: Record<string, string>;
	/** for this household alone */
	line: string;
};

function write(
	{ kind, subject, text }: Written & Pick<Mailing, 'kind'>,
	{ wedding, guests, language, url, values, line }: Filled
): Letter {
	const everybody = enumerate(
		guests.map(({ name }) => isolated(name)),
		language
	);
	const source = [text[language]!, ...(line ? ['{line}'] : [])].join('\n\n');
	return {
		subject: fillLine(subject[language]!, values),
		from: wedding.names || m.mail_wedding_unnamed(),
		paragraphs: [],
		prose: render(source, { ...values, line }, ['link']),
		button: { label: kind === 'invitation' ? m.mail_invitation_button() : m.mailing_button(), url },
		// not the household's name, which may be that of one of them
		footer: m.mail_invitation_footer({ household: everybody }),
		language
	};
}
