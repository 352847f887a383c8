import type { Guest, Household } from '../../../prisma/client/client.ts';
import * as trail from '../audit/trail.server.ts';
import { m } from '../i18n/compiled/messages.js';
import { db, now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { seal } from '../kernel/db/sealed.server.ts';
import { announce } from '../live/announce.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as outbox from '../mail/outbox.server.ts';
import { enumerate, findAddressees } from '../people/guest.ts';
import * as bringing from './bringing.server.ts';
import { dietOf } from './diets.server.ts';
import * as given from './given.server.ts';
import type { Replies, Reply, Sheet } from './reply.ts';
import type { Answers, AnswersFor } from './reply.schema.ts';
import * as sheet from './sheet.server.ts';

/** What one's own household is asked and has answered. */
export async function getOwn(viewer: Viewer): Promise<Sheet> {
	permit(viewer, 'rsvp:answer');
	return sheet.read(viewer.weddingId, householdOf(viewer), db);
}

/** The same of another household, for the couple: to them it never closes. `reason` is why they answered, if they did. */
export async function getFor(viewer: Viewer, householdId: string) {
	permit(viewer, 'answers:edit');
	const { weddingId } = viewer;
	const { reason = '' } = (await db.rsvp.findUnique({ where: { householdId, weddingId } })) ?? {};
	return { sheet: open(await sheet.read(weddingId, householdId, db)), reason };
}

const open = (stored: Sheet): Sheet => ({ ...stored, isOpen: true, areDetailsOpen: true });

/**
 * For the whole household, by any of them. Throws 409 when something has changed since that version, 404 for somebody
 * or something that is not theirs, and 403 after the deadline, which keeps what is still taken of the same form.
 */
export async function answer(viewer: Viewer, typed: Answers): Promise<void> {
	permit(viewer, 'rsvp:answer');
	if (await save(viewer, householdOf(viewer), typed)) throw new Problem(403, 'answers_late');
}

/** By the couple, at any time: it says so wherever the answer is read. Throws as `answer`, but for the deadline. */
export async function answerFor(viewer: Viewer, householdId: string, typed: AnswersFor): Promise<void> {
	permit(viewer, 'answers:edit');
	await save(viewer, householdId, typed);
}

type Typed = Answers & Partial<AnswersFor>;

/** Says whether something came too late. */
function save(viewer: Viewer, householdId: string, sent: Typed): Promise<boolean> {
	return transaction(async (tx) => {
		await lock(viewer.weddingId, householdId, tx);
		const read = async () => {
			const found = await sheet.read(viewer.weddingId, householdId, tx);
			return viewer.householdId ? found : open(found);
		};
		const before = await read();
		refuseForeign(before, sent);
		given.refuseGone(before, sent);
		if (before.version !== sent.version) throw new Problem(409, 'answers_changed');
		given.refuseForeign(before, given.pick(sent));
		const asked = { ...before, householdId };
		const { typed, along, ...brought } = await bringing.settle(viewer, asked, sent, tx);
		const stored = along ? await read() : before;
		const { changes, late } = compare(stored, typed);
		const { told, isLate } = given.compare(stored, given.pick(typed), renew(stored.replies, changes));
		const diets = stored.areDetailsOpen ? changedDiets(stored, typed) : [];
		const isMoreLate = !stored.areDetailsOpen && hasMore(stored, typed);
		const isSaid = stored.areDetailsOpen && (stored.song !== typed.song || stored.message !== typed.message);
		// whoever looks again and saves has not answered again, but whoever says something has
		if (changes.length > 0 || diets.length > 0 || told.length > 0 || isSaid || along) {
			await storeReplies(viewer, changes, tx);
			await storeDiets(viewer, diets, tx);
			await given.store(viewer.weddingId, told, tx);
			const ids = diets.map(([id]) => id);
			const done = { ...sent, ...typed, householdId, changes, told, along, diets: ids };
			await finish(viewer, stored, done, tx);
		}
		return late || isLate || isMoreLate || brought.isLate;
	});
}

function householdOf({ householdId }: Viewer): string {
	if (!householdId) throw new Problem(404, 'household_not_found');
	return householdId;
}

async function lock(weddingId: string, householdId: string, tx: Tx): Promise<void> {
	const text = 'SELECT 1 FROM household WHERE id = $1::uuid AND wedding_id = $2::uuid FOR NO KEY UPDATE';
	await rows('household-lock', text, [householdId, weddingId], tx);
}

type Change = { eventId: string; guestId: string; from: Reply; to: Reply };

/** No page of ours has a box of somebody else, or a meal of another event. */
function refuseForeign({ events, guests }: Sheet, typed: Answers): void {
	for (const [eventId, byGuest] of Object.entries(typed.replies)) {
		const event = events.find(({ id }) => id === eventId);
		if (!event) throw new Problem(404, 'event_not_found');
		for (const [guestId, { mealId }] of Object.entries(byGuest)) {
			if (!event.guests.some(({ id }) => id === guestId)) throw new Problem(404, 'guest_not_found');
			// one that was on the menu a moment ago is a change, which the version tells
			if (mealId && !event.meals.some(({ id }) => id === mealId)) throw new Problem(409, 'meal_gone');
		}
	}
	const isForeign = (id: string) => !guests.some((guest) => guest.id === id);
	if (Object.keys(typed.diets).some(isForeign)) throw new Problem(404, 'guest_not_found');
}

/** What is to be stored, and whether something is said that comes too late. */
function compare({ events, replies, isOpen, areDetailsOpen }: Sheet, typed: Answers) {
	let late = false;
	const changes = events.flatMap((event) =>
		event.guests.flatMap(({ id: guestId }): Change[] => {
			const from = replies[event.id]?.[guestId] ?? {};
			const said = typed.replies[event.id]?.[guestId];
			if (!said) return [];
			if (said.state && said.state !== from.state && !isOpen) late = true;
			const state = isOpen ? (said.state ?? from.state) : from.state;
			const chosen = areDetailsOpen && 'mealId' in said ? said.mealId : from.mealId;
			const mealId = state === 'yes' && event.meals.length > 0 ? chosen : undefined;
			if (state === from.state && mealId === from.mealId) return [];
			return state ? [{ eventId: event.id, guestId, from, to: { state, mealId } }] : [];
		})
	);
	return { changes, late };
}

/** The replies as they are after these changes. */
function renew(replies: Replies, changes: Change[]): Replies {
	const held = structuredClone(replies);
	for (const { eventId, guestId, to } of changes) (held[eventId] ??= {})[guestId] = to;
	return held;
}

function changedDiets({ diets }: Sheet, typed: Answers): [guestId: string, text: string][] {
	if (!diets) return [];
	return Object.entries(typed.diets).filter(([guestId, text]) => text !== diets[guestId]);
}

function hasMore(stored: Sheet, typed: Answers): boolean {
	return (
		stored.song !== typed.song || stored.message !== typed.message || changedDiets(stored, typed).length > 0
	);
}

async function storeReplies({ weddingId }: Viewer, changes: Change[], tx: Tx) {
	const answeredAt = await now(tx);
	for (const { eventId, guestId, to } of changes) {
		const data = { state: to.state!, mealId: to.mealId ?? null, answeredAt };
		await tx.reply.upsert({
			where: { eventId_guestId: { eventId, guestId }, weddingId },
			create: { ...data, eventId, guestId, weddingId },
			update: data
		});
	}
}

async function storeDiets({ weddingId }: Viewer, diets: [string, string][], tx: Tx) {
	for (const [guestId, text] of diets) {
		await tx.diet.deleteMany({ where: { guestId, weddingId } });
		if (text) await tx.diet.create({ data: { guestId, weddingId, sealed: seal(text, dietOf(guestId)) } });
	}
}

type Done = Omit<Typed, 'diets'> & {
	householdId: string;
	changes: Change[];
	diets: string[];
	told: given.Told[];
	along?: bringing.Along | null;
};

/** Who answered when, the audit, and a letter to each of their addresses. What somebody eats is in none of them. */
async function finish(viewer: Viewer, stored: Sheet, done: Done, tx: Tx) {
	const { weddingId } = viewer;
	const { householdId, reason = '', isQuiet = false } = done;
	const household = await tx.household.findUniqueOrThrow({
		where: { id: householdId },
		include: { guests: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } }
	});
	// nobody, where somebody has just taken themselves off the list
	const guestId = household.guests.find(({ id }) => id === viewer.guestId)?.id ?? null;
	const words = stored.areDetailsOpen ? { song: done.song, message: done.message } : {};
	const onBehalfBy = viewer.householdId ? '' : await findName(viewer, tx);
	const data = { ...words, answeredAt: await now(tx), guestId, onBehalfBy, reason };
	await tx.rsvp.upsert({
		...{ where: { householdId }, create: { ...data, householdId, weddingId }, update: data }
	});
	if (!isQuiet) await write(household, tx);
	const changes = done.changes.map(({ from, to, ...change }) => ({ ...change, ...toJson({ from, to }) }));
	const { diets } = done;
	await announce(weddingId, 'answers', tx);
	const questions = done.told.map(({ questionId, ownerId }) => ({ questionId, ownerId }));
	const entry = { id: householdId, by: guestId, changes, diets, questions, ...done.along };
	await trail.record(viewer, 'household.answered', entry, tx);
}

/** As their guests read it, who know no account: of the two of them where it has no name. */
async function findName({ weddingId, accountId }: Viewer, tx: Tx): Promise<string> {
	const account = accountId && (await tx.account.findUnique({ where: { id: accountId } }));
	if (account && account.name) return account.name;
	const { names } = await tx.wedding.findUniqueOrThrow({ where: { id: weddingId } });
	return names || m.mail_wedding_unnamed();
}

/** To each of their addresses. */
async function write(household: Household & { guests: Guest[] }, tx: Tx): Promise<void> {
	const { id: householdId, weddingId } = household;
	const { language } = household;
	const drafts = findAddressees(household.guests).map((addressee) => ({
		...{ weddingId, kind: 'answers' as const, address: addressee.address, language, householdId },
		...{ name: enumerate(addressee.names, language), guestId: addressee.guestId }
	}));
	await outbox.put(drafts, tx);
}

/** As JSON has it, which knows nothing undefined. */
function toJson({ from, to }: Pick<Change, 'from' | 'to'>) {
	const plain = ({ state, mealId }: Reply) => ({ state: state ?? null, mealId: mealId ?? null });
	return { from: plain(from), to: plain(to) };
}
