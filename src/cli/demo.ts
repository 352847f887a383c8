import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { queues } from '../app/domains.ts';
import { clock, DAY } from '../lib/kernel/clock.ts';
import { db } from '../lib/kernel/db/db.server.ts';
import * as files from '../lib/kernel/files/files.server.ts';
import * as jobs from '../lib/kernel/jobs/jobs.server.ts';
import type { Viewer } from '../lib/kernel/viewer.ts';
import { system } from '../lib/weddings/system.ts';
import { sending } from '../lib/outbox/jobs.server.ts';
import * as reports from '../lib/outbox/reports.server.ts';
import * as suppressions from '../lib/outbox/suppressions.server.ts';
import * as members from '../lib/members/members.server.ts';
import * as households from '../lib/people/households.server.ts';
import * as invitations from '../lib/people/invitations.server.ts';
import * as blocks from '../lib/pages/blocks.server.ts';
import * as recordings from '../lib/recordings/recordings.server.ts';
import * as front from '../lib/pictures/front.server.ts';
import * as voices from '../lib/guestbook/voices.server.ts';
import * as cardTexts from '../lib/cards/texts.server.ts';
import * as givenCards from '../lib/people/given-cards.server.ts';
import * as cards from './demo/cards.ts';
import { keepDrawing } from './demo/drawings.ts';
import * as gifts from './demo/gifts.ts';
import { blocks as added, farmAlt } from './demo/page.ts';
import { messages as said } from './demo/messages.ts';
import * as reminders from '../lib/reminders/reminders.server.ts';
import * as post from './demo/post.ts';
import * as deadlines from '../lib/rsvp/deadlines.server.ts';
import * as events from '../lib/rsvp/events.server.ts';
import * as questions from '../lib/rsvp/questions.server.ts';
import * as replies from '../lib/rsvp/replies.server.ts';
import { about } from './demo/about.ts';
import * as door from './demo/door.ts';
import * as programme from './demo/events.ts';
import * as mailings from './demo/mailings.ts';
import * as asked from './demo/questions.ts';
import { pauseHalfway } from './demo/run.ts';
import * as tables from './demo/tables.ts';
import * as hills from './demo/picture.ts';
import * as demo from './demo/wedding.ts';

/**
 * A believable wedding for whoever looks at Vowtape for the first time. Does nothing where there is one already.
 * Gives back whether the demo is what is there now.
 */
export async function fill(): Promise<boolean> {
	const { names, place } = demo.wedding;
	const found = await db.wedding.findFirst();
	if (found) return found.names === names && found.place === place;
	await jobs.start(queues(), { work: false });
	const { id } = await db.wedding.create({ data: { ...demo.wedding, heldOn: saturday() } });
	const viewer = system(id);
	for (const member of demo.members) await members.add(viewer, member);
	const weekAgo = new Date(clock.now().getTime() - 9 * DAY * 1000);
	await opened(await at(weekAgo, () => invited(viewer, weekAgo)));
	const ids = [];
	for (const event of programme.on(saturday())) ids.push(await events.add(viewer, event));
	for (const question of asked.questions(ids.at(-1)!)) await questions.add(viewer, question);
	const [stay = ''] = await inTurn(added, (block) => blocks.add(viewer, block));
	await answers(viewer);
	await mailings.fill(viewer, ids.at(-1)!);
	await tables.fill(viewer, ids[1]!);
	await cardsOf(viewer);
	await mail(viewer);
	await sounds(viewer);
	await scores(viewer);
	await comments(viewer);
	await messages(viewer);
	await pauseHalfway(viewer);
	await picture(viewer);
	await gifts.fill(viewer);
	await keepDrawing(viewer, { place: 'block', subjectId: stay }, 'farm', farmAlt);
	await door.fill(viewer);
	await jobs.stop();
	return true;
}

async function inTurn<Item>(items: Item[], act: (item: Item) => Promise<string>): Promise<string[]> {
	const done: string[] = [];
	for (const item of items) done.push(await act(item));
	return done;
}

/** The Saturday that is about six months ahead. */
function saturday(): Date {
	const day = new Date(clock.now().getTime() + 182 * DAY * 1000);
	day.setUTCHours(0, 0, 0, 0);
	day.setUTCDate(day.getUTCDate() + ((6 - day.getUTCDay() + 7) % 7));
	return day;
}

/** As if it were `then`: the letters say so. */
async function at<T>(then: Date, act: () => Promise<T>): Promise<T> {
	const { now } = clock;
	clock.now = () => then;
	try {
		return await act();
	} finally {
		clock.now = now;
	}
}

/** Their mails are sent here and now, and then all of it was `when`. */
async function invited(viewer: Viewer, time: Date): Promise<string[]> {
	const ids: string[] = [];
	for (const { stage, ...household } of demo.households) {
		const id = await households.add(viewer, { ...household, ...about[household.name] });
		ids.push(id);
		const hasEmail = household.guests.some(({ email }) => email);
		if (stage !== 'new' && hasEmail) await invitations.send(viewer, [id]);
	}
	const all = await db.delivery.findMany({ orderBy: { id: 'asc' } });
	for (const { id } of all) await sending.work({ deliveryId: id });
	await db.delivery.updateMany({ data: { sentAt: time } });
	await db.message.updateMany({ data: { createdAt: time, sendAfter: time } });
	await db.household.updateMany({ where: { invitedAt: { not: null } }, data: { invitedAt: time } });
	return ids;
}

async function opened(ids: string[]) {
	for (const [n, { stage }] of demo.households.entries()) {
		if (stage === 'new' || stage === 'invited') continue;
		const openedAt = new Date(clock.now().getTime() - (n + 1) * 7.3 * 3600_000);
		await db.household.update({ where: { id: ids[n]! }, data: { openedAt, seenAt: openedAt } });
	}
}

/** The half that has been on the site has answered; until six weeks from now the others can. */
async function answers(viewer: Viewer) {
	const until = new Date(clock.now().getTime() + 42 * DAY * 1000).toISOString().slice(0, 10);
	await deadlines.set(viewer, { answersUntil: `${until}T23:59`, detailsUntil: null });
	for (const daysBefore of [14, 3]) await reminders.plan(viewer, { daysBefore, time: '10:00' });
	for (const [n, { name, language }] of demo.households.filter(({ stage }) => stage === 'scored').entries()) {
		const { id, guests } = await db.household.findFirstOrThrow({
			where: { weddingId: viewer.weddingId, name },
			include: { guests: { orderBy: { position: 'asc' } } }
		});
		const guest = {
			role: 'guest',
			weddingId: viewer.weddingId,
			householdId: id,
			guestId: guests[0]!.id
		} as const;
		const sheet = await replies.getOwn(guest);
		await replies.answer(guest, { version: sheet.version, ...programme.answer(sheet, n, language) });
	}
	// the demo's letters were read long ago
	await db.delivery.updateMany({ where: { message: { kind: 'answers' } }, data: { state: 'sent' } });
}

async function cardsOf(viewer: Viewer) {
	await cardTexts.set(viewer, { line: cards.line });
	const where = { weddingId: viewer.weddingId, name: { in: cards.given } };
	const ids = (await db.household.findMany({ where })).map(({ id }) => id);
	await givenCards.give(viewer, ids);
}

/** As the mail service would report it, and as Hugo would say it himself. */
async function mail({ weddingId }: Viewer) {
	const invitationTo = (name: string) =>
		db.delivery.findFirstOrThrow({
			where: { weddingId, message: { kind: 'invitation', household: { name } } }
		});
	const lost = await invitationTo(post.cameBack.household);
	await reports.take([{ tags: [lost.id], news: 'bounced', reason: post.cameBack.reason }]);
	const { address } = await invitationTo(post.unsubscribed.household);
	const off = { address, reason: 'unsubscribed', categories: [post.unsubscribed.from] } as const;
	await suppressions.add(weddingId, off);
}

async function sounds(viewer: Viewer) {
	const incoming = await files.incomingDir();
	for (const { file, title, speaker, moment, daysAgo, isHidden, transcript } of demo.recordings) {
		const path = join(incoming, `demo-${file}`);
		copyFileSync(join(import.meta.dirname, 'demo/audio', file), path);
		const recordedOn = new Date(clock.now().getTime() - daysAgo * DAY * 1000);
		const upload = { title, speaker, moment, recordedOn, uploadKey: null };
		const { id } = await recordings.add(viewer, { path, originalName: file }, upload);
		if (isHidden) await recordings.hide(viewer, id);
		if (transcript) await db.recording.update({ where: { id }, data: { transcript } });
	}
	// whoever looks first finds them all, and hears the original until its copy is made
	await db.recording.updateMany({ where: { weddingId: viewer.weddingId }, data: { state: 'ready' } });
}

/** As their households would have said them; the couple has heard the first. */
async function messages({ weddingId }: Viewer) {
	const incoming = await files.incomingDir();
	for (const { file, household: name, speaker, hoursAgo, ...heard } of said) {
		const path = join(incoming, `demo-${file}`);
		copyFileSync(join(import.meta.dirname, 'demo/audio', file), path);
		const { id: householdId } = await db.household.findFirstOrThrow({ where: { weddingId, name } });
		const guest: Viewer = { role: 'guest', weddingId, householdId };
		const id = await voices.add(guest, { path, originalName: file }, { speaker });
		const createdAt = new Date(clock.now().getTime() - hoursAgo * 3600_000);
		await db.voice.update({ where: { id }, data: { ...heard, createdAt } });
	}
}

async function picture(viewer: Viewer) {
	const path = join(await files.incomingDir(), 'demo-hills.jpg');
	await hills.draw(path);
	await front.put(viewer, path);
	await front.edit(viewer, hills.details);
	await files.discard(path);
}

/** The same ones each time, and not everyone scores everything. */
async function scores({ weddingId }: Viewer) {
	const generous = new Set(demo.households.filter(({ stage }) => stage === 'scored').map(({ name }) => name));
	const guests = await db.guest.findMany({
		where: { weddingId },
		include: { household: true },
		orderBy: { id: 'asc' }
	});
	const heard = await db.recording.findMany({
		where: { weddingId, isHidden: false },
		orderBy: { position: 'asc' }
	});
	const taste = demo.recordings.filter(({ isHidden }) => !isHidden).map(({ stars }) => stars!);
	const listeners = guests.filter(({ household }) => generous.has(household.name));
	const data = listeners.flatMap(({ id: guestId }, g) =>
		heard.flatMap(({ id: recordingId }, r) => {
			if ((g * 5 + r * r) % 7 < r % 4) return [];
			const mood = [0, 0, -1, 1, 0][(g * 3 + r) % 5]!;
			return { weddingId, guestId, recordingId, stars: Math.min(5, taste[r]! + mood) };
		})
	);
	await db.score.createMany({ data });
}

async function comments({ weddingId }: Viewer) {
	await db.recordingSettings.create({ data: { weddingId, areCommentsOpen: true } });
	for (const { title, comments = {} } of demo.recordings)
		for (const [name, text] of Object.entries(comments)) {
			const { id: recordingId } = await db.recording.findFirstOrThrow({ where: { weddingId, title } });
			const { id: guestId } = await db.guest.findFirstOrThrow({ where: { weddingId, name } });
			await db.comment.create({ data: { weddingId, recordingId, guestId, text } });
		}
}
