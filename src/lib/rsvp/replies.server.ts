import * as trail from '../audit/trail.server.ts';
import { m } from '../i18n/compiled/messages.js';
import { db, rows, transaction, TryAgain, type Tx } from '../kernel/db/db.server.ts';
import { announce as tell } from '../kernel/facts.server.ts';
import { seal } from '../kernel/db/sealed.server.ts';
import { announce } from '../live/announce.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as bringing from './bringing.server.ts';
import { dietOf } from './diets.server.ts';
import * as given from './given.server.ts';
import * as mailing from './mailing.server.ts';
import * as offers from './offers.server.ts';
import * as places from './places.server.ts';
import type { Change, Replies, Reply, Sheet } from './reply.ts';
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
 * For the whole household, by any of them. Throws 409 when something has changed since that version, or when there is no
 * room and they did not say that they would wait, 404 for somebody or something that is not theirs, and 403 after the
 * deadline, which keeps what is still taken of the same form.
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
	let isFull = false;
	return transaction(async (tx) => {
		const { weddingId } = viewer;
		const read = async (find: typeof sheet.read) => {
			const found = await find(weddingId, householdId, tx);
			return viewer.householdId ? found : open(found);
		};
		// two questions on one way, answered in this order
		const [, found] = await Promise.all([sheet.hold(weddingId, householdId, tx), read(sheet.readUncounted)]);
		const before = refuseOther(found, sent);
		const asked = { ...before, householdId };
		const { typed, along, ...brought } = await bringing.settle(viewer, asked, sent, tx);
		let stored = along ? await read(sheet.readUncounted) : before;
		if (along) given.refuseGone(stored, typed);
		const limited = places.findLimited(stored, typed);
		const isTight = isFull || places.isTight(stored, typed, limited);
		if (isTight) {
			const { version } = stored;
			await places.hold(weddingId, limited, tx);
			stored = await read(sheet.read);
			if (stored.version !== version) throw new Problem(409, 'answers_changed');
		}
		const { changes: said, late } = compare(stored, typed);
		const changes = places.fit(stored, typed, said);
		const { told, isLate } = given.compare(stored, given.pick(typed), renew(stored.replies, changes));
		const diets = stored.areDetailsOpen ? changedDiets(stored, typed) : [];
		const isMoreLate = !stored.areDetailsOpen && hasMore(stored, typed);
		const isSaid = stored.areDetailsOpen && (stored.song !== typed.song || stored.message !== typed.message);
		// whoever looks again and saves has not answered again, but whoever says something has
		if (changes.length > 0 || diets.length > 0 || told.length > 0 || isSaid || along) {
			await storeDiets(viewer, diets, tx);
			await given.store(viewer.weddingId, told, tx);
			const ids = diets.map(([id]) => id);
			const done = { ...sent, ...typed, householdId, changes, told, along, diets: ids };
			await finish(viewer, stored, done, tx);
		}
		if (stored.isOpen) await places.queue(householdId, changes, typed.waits, tx);
		const held = isTight || !limited.length ? null : await places.take(weddingId, limited, changes, tx);
		isFull ||= held?.isRoom === false;
		// nothing of this has happened: what there is room for is told by whoever has held the event before
		if (isFull && !isTight) throw new TryAgain('there is no room');
		for (const id of held?.waited ?? limited) await offers.settleHeld(weddingId, id, tx);
		// whoever came along and does not any more had a place too
		if (along) await offers.settleAll(weddingId, tx);
		return late || isLate || isMoreLate || brought.isLate;
	});
}

function householdOf({ householdId }: Viewer): string {
	if (!householdId) throw new Problem(404, 'household_not_found');
	return householdId;
}

/** Changes of a household's replies alone, in the transaction of whoever holds it. */
export async function store(viewer: Viewer, stored: Sheet, changes: Change[], tx: Tx): Promise<void> {
	permit(viewer, 'rsvp:answer');
	const householdId = householdOf(viewer);
	// who does not come is not asked any more
	const { told } = given.compare(stored, given.NOTHING, renew(stored.replies, changes));
	await given.store(viewer.weddingId, told, tx);
	await finish(viewer, stored, { ...stored, householdId, changes, told, diets: [] }, tx);
	await places.queue(householdId, changes, {}, tx);
}

/** No page of ours has a box of somebody else, or a meal of another event. */
function refuseOther(stored: Sheet, typed: Answers): Sheet {
	const { events, guests } = stored;
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
	given.refuseGone(stored, typed);
	if (stored.version !== typed.version && !isStored(stored, typed)) throw new Problem(409, 'answers_changed');
	given.refuseForeign(stored, given.pick(typed));
	return stored;
}

/** Whether it says nothing but what is stored: an answer whose receipt got lost on the way comes twice. */
function isStored(stored: Sheet, typed: Answers): boolean {
	const { changes, late } = compare(stored, typed);
	const { told, isLate } = given.compare(stored, given.pick(typed), stored.replies);
	const isSame = changes.length === 0 && !late && told.length === 0 && !isLate;
	return isSame && !hasMore(stored, typed) && !bringing.isAny(stored, typed.plusOnes);
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
			// who waits is told so: nobody says it who did not wait before
			const isSaid = isOpen && said.state && said.state !== 'waiting';
			const state = isSaid ? said.state : from.state;
			const chosen = areDetailsOpen && 'mealId' in said ? said.mealId : from.mealId;
			const mealId = state !== 'no' && state && event.meals.length > 0 ? chosen : undefined;
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

async function storeDiets({ weddingId }: Viewer, diets: [string, string][], tx: Tx) {
	for (const [guestId, text] of diets) {
		await tx.diet.deleteMany({ where: { guestId, weddingId } });
		if (text) await tx.diet.create({ data: { guestId, weddingId, sealed: seal(text, dietOf(guestId)) } });
	}
}

type Done = Pick<Typed, 'song' | 'message' | 'reason' | 'isQuiet'> & {
	householdId: string;
	changes: Change[];
	diets: string[];
	told: given.Told[];
	along?: bringing.Along | null;
};

/** All that follows from an answer, with a letter to each of their addresses. What somebody eats is in none of it. */
async function finish(viewer: Viewer, stored: Sheet, done: Done, tx: Tx) {
	const { weddingId } = viewer;
	const { householdId, changes, isQuiet } = done;
	await Promise.all([
		write(viewer, stored, done, tx),
		changes.length > 0 && tellReplies(viewer, changes, tx),
		!isQuiet && mailing.send(weddingId, householdId, 'answers', tx),
		announce(weddingId, 'answers', tx)
	]);
}

/** What they say, who answered when, and the audit. */
async function write(viewer: Viewer, stored: Sheet, done: Done, tx: Tx) {
	const { householdId, reason = '', diets } = done;
	const { song, message } = stored.areDetailsOpen ? done : stored;
	const onBehalfBy = viewer.householdId ? '' : await findName(viewer, tx);
	const said = [householdId, viewer.weddingId, viewer.guestId ?? null, onBehalfBy, reason, song, message];
	const replies = toColumns(done.changes);
	const [rsvp] = await rows<{ guestId: string | null }>('rsvp-store', STORE, [...said, ...replies], tx);
	const changes = done.changes.map(({ from, to, ...change }) => ({ ...change, ...toJson({ from, to }) }));
	const questions = done.told.map(({ questionId, ownerId }) => ({ questionId, ownerId }));
	const entry = { id: householdId, by: rsvp!.guestId, changes, diets, questions, ...done.along };
	await trail.record(viewer, 'household.answered', entry, tx);
}

const toColumns = (changes: Change[]) => [
	changes.map(({ eventId }) => eventId),
	changes.map(({ guestId }) => guestId),
	changes.map(({ to }) => to.state),
	changes.map(({ to }) => to.mealId ?? null)
];

// nobody has said it, where somebody has just taken themselves off the list
const STORE = `
	WITH replied AS (
		INSERT INTO reply (wedding_id, answered_at, event_id, guest_id, state, meal_id)
		SELECT $2::uuid, date_trunc('milliseconds', now()), event_id, guest_id, state::reply_state, meal_id
		FROM unnest($8::uuid[], $9::uuid[], $10::text[], $11::uuid[]) AS said (event_id, guest_id, state, meal_id)
		ON CONFLICT (event_id, guest_id) DO UPDATE
		SET state = excluded.state, meal_id = excluded.meal_id, answered_at = excluded.answered_at
	)
	INSERT INTO rsvp (household_id, wedding_id, guest_id, on_behalf_by, reason, song, message, answered_at)
	SELECT $1::uuid, $2::uuid, (SELECT id FROM guest WHERE id = $3::uuid AND household_id = $1::uuid), $4, $5, $6, $7,
		date_trunc('milliseconds', now())
	ON CONFLICT (household_id) DO UPDATE SET guest_id = excluded.guest_id, on_behalf_by = excluded.on_behalf_by,
		reason = excluded.reason, song = excluded.song, message = excluded.message, answered_at = excluded.answered_at
	RETURNING guest_id AS "guestId"`;

function tellReplies(viewer: Viewer, changes: Change[], tx: Tx): Promise<void> {
	const told = changes.map(({ eventId, guestId, to }) => ({ eventId, guestId, state: to.state! }));
	return tell(viewer, 'replies.changed', { changes: told }, tx);
}

/** As their guests read it, who know no account: of the two of them where it has no name. */
async function findName({ weddingId, accountId }: Viewer, tx: Tx): Promise<string> {
	const account = accountId && (await tx.account.findUnique({ where: { id: accountId } }));
	if (account && account.name) return account.name;
	const { names } = await tx.wedding.findUniqueOrThrow({ where: { id: weddingId } });
	return names || m.mail_wedding_unnamed();
}

/** As JSON has it, which knows nothing undefined. */
function toJson({ from, to }: Pick<Change, 'from' | 'to'>) {
	const plain = ({ state, mealId }: Reply) => ({ state: state ?? null, mealId: mealId ?? null });
	return { from: plain(from), to: plain(to) };
}
