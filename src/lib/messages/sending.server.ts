import * as trail from '../audit/trail.server.ts';
import { getLocale } from '../i18n/compiled/runtime.js';
import { nameLanguage } from '../i18n/format.ts';
import { db, now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { Problem } from '../kernel/problem.ts';
import { toInstant } from '../kernel/text/local-time.ts';
import { digest } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { render } from '../mail/prose.server.ts';
import * as outbox from '../outbox/outbox.server.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import { enumerate } from '../people/guest.ts';
import * as households from '../people/households.server.ts';
import * as invitations from '../people/invitations.server.ts';
import * as answers from '../rsvp/answers.server.ts';
import { system } from '../weddings/system.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { choose, reach, type Reach } from './audience.ts';
import { findFaults } from './faults.ts';
import * as languages from './languages.server.ts';
import type { Mailing } from './mailing.ts';
import { hold, refuseClosed } from './mailings.server.ts';

export const QUEUE = 'messages.leave';

/** With the names, the answers and the rest of a letter around it a mail stays below 40 kB, which none cuts off. */
const MOST_BYTES = 30_000;

/** Who gets it if it left now, and who cannot; nobody where no one has said for whom it is. */
export async function findReach(
	viewer: Viewer,
	{ audience, kind }: Pick<Mailing, 'audience' | 'kind'>,
	tx: Tx = db
): Promise<Reach & { digest: string }> {
	permit(viewer, 'mail:send');
	const all = audience ? await households.list(viewer, tx) : [];
	const asked = audience?.to === 'asked' ? await answers.list(viewer, tx) : [];
	const lookup = await suppressions.find(viewer.weddingId, tx);
	const category = kind === 'news' ? 'news' : undefined;
	const { compare } = new Intl.Collator(undefined, { numeric: true });
	const chosen = (audience ? choose(all, audience, asked) : []).toSorted((one, other) =>
		compare(one.name, other.name)
	);
	const found = reach(chosen, (address) => lookup(address, category));
	const said = found.reached.flatMap(({ household, addressees }) =>
		addressees.map(({ address }) => `${household.id} ${address.toLowerCase()}`)
	);
	return { ...found, digest: digest(said.toSorted().join('\n')).toString('base64url') };
}

/** What keeps it from being sent as it is written. */
export async function check(viewer: Viewer, mailing: Mailing, tx: Tx = db): Promise<Problem[]> {
	permit(viewer, 'mail:send');
	const { weddingId } = viewer;
	const hasDeadline = (await tx.deadline.count({ where: { weddingId, answersUntil: { not: null } } })) > 0;
	const known = await languages.list(viewer, mailing, tx);
	const heavy = known.filter(
		(one) => Buffer.byteLength(render(mailing.text[one] ?? '', {}).html) > MOST_BYTES
	);
	return [
		...findFaults(mailing, { hasDeadline, languages: known }),
		...heavy.map((one) => new Problem(409, 'mailing_heavy', { language: nameLanguage(one, getLocale()) }))
	];
}

/**
 * Once, to those whom the couple has seen: `seen` is the digest of their reach. Throws 409 when they are others now, when
 * there is nobody, and for what `check` finds.
 */
export async function send(viewer: Viewer, id: string, seen: string): Promise<void> {
	permit(viewer, 'mail:send');
	await transaction(async (tx) => {
		const mailing = await hold(viewer, id, tx);
		refuseClosed(mailing);
		await leave(viewer, mailing, { seen }, tx);
	});
}

/** State and run are one fact. */
async function leave(viewer: Viewer, mailing: Mailing, { seen }: { seen?: string }, tx: Tx): Promise<void> {
	const { id, kind } = mailing;
	const { weddingId } = viewer;
	const [fault] = await check(viewer, mailing, tx);
	if (fault) throw fault;
	const found = await findReach(viewer, mailing, tx);
	if (seen !== undefined && seen !== found.digest) throw new Problem(409, 'mailing_others');
	if (found.reached.length === 0) throw new Problem(409, 'mailing_nobody');
	const runId =
		kind === 'invitation'
			? await invite(viewer, found, tx)
			: await outbox.start(weddingId, draft(weddingId, mailing, found), tx);
	const data = { state: 'sent' as const, runId, sentAt: await now(tx), failure: null, sendAt: null };
	await tx.mailing.update({ where: { id, weddingId }, data });
	await trail.record(viewer, 'mailing.sent', { id, households: found.reached.length }, tx);
}

/** Throws 409 when all of them got theirs minutes ago. */
async function invite(viewer: Viewer, { reached }: Reach, tx: Tx): Promise<string | undefined> {
	const ids = reached.map(({ household }) => household.id);
	const { households, runId } = await invitations.sendAlong(viewer, ids, tx);
	if (households === 0) throw new Problem(409, 'mailing_invited');
	return runId;
}

function draft(weddingId: string, { id: mailingId }: Mailing, { reached }: Reach) {
	return reached.flatMap(({ household: { id: householdId, language }, addressees }) =>
		addressees.map(({ address, guestId, names }) => ({
			...{ weddingId, kind: 'news' as const, payload: { mailingId }, language, householdId, guestId },
			...{ address, name: enumerate(names, language) }
		}))
	);
}

/** It leaves when a clock at the wedding shows this; throws 409 where that is over, and for what `check` finds. */
export async function schedule(viewer: Viewer, id: string, { local }: { local: string }): Promise<void> {
	permit(viewer, 'mail:send');
	await transaction(async (tx) => {
		const mailing = await hold(viewer, id, tx);
		refuseClosed(mailing);
		const { timeZone } = await weddings.get(viewer, tx);
		const sendAt = toInstant(local, timeZone);
		if (sendAt <= (await now(tx))) throw new Problem(409, 'mailing_past', { time: local.slice(11) });
		const [fault] = await check(viewer, mailing, tx);
		if (fault) throw fault;
		if (!mailing.audience) throw new Problem(409, 'mailing_nobody');
		const data = { state: 'scheduled' as const, sendAt, failure: null };
		await tx.mailing.update({ where: { id, weddingId: viewer.weddingId }, data });
		await jobs.add(QUEUE, [{}], { startAfter: sendAt }, tx);
		await trail.record(viewer, 'mailing.scheduled', { id, at: sendAt.toISOString() }, tx);
	});
}

/** A draft again. Throws 409 when it has left. */
export async function takeBack(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'mail:send');
	await transaction(async (tx) => {
		const { state } = await hold(viewer, id, tx);
		if (state === 'draft') return;
		if (state === 'sent') throw new Problem(409, 'mailing_left');
		const data = { state: 'draft' as const, sendAt: null };
		await tx.mailing.update({ where: { id, weddingId: viewer.weddingId }, data });
		await trail.record(viewer, 'mailing.taken_back', { id }, tx);
	});
}

/** To whoever asks, as this household would get it. Throws 409 for a text that cannot be sent. */
export async function test(viewer: Viewer, id: string, householdId: string): Promise<string> {
	permit(viewer, 'mail:send');
	const { weddingId, accountId = null } = viewer;
	return transaction(async (tx) => {
		const mailing = await hold(viewer, id, tx);
		const [fault] = await check(viewer, mailing, tx);
		if (fault) throw fault;
		const { language } = await households.get(viewer, householdId, tx);
		const account = await tx.account.findUniqueOrThrow({ where: { id: accountId! } });
		const payload = { mailingId: id, householdId };
		const mail = { kind: 'trial' as const, payload, address: account.email, name: account.name };
		await outbox.put([{ ...mail, weddingId, language, accountId }], tx);
		await trail.record(viewer, 'mailing.tested', { id }, tx);
		return account.email;
	});
}

/** Sends what is due, whoever looks first; what cannot be sent is a draft again and says why. */
export async function leaveDue(): Promise<void> {
	const due = await rows<{ id: string; weddingId: string }>(
		'mailings-due',
		`SELECT id, wedding_id AS "weddingId" FROM mailing WHERE state = 'scheduled' AND send_at <= now() ORDER BY send_at, id`,
		[]
	);
	for (const { id, weddingId } of due) {
		const viewer = system(weddingId);
		try {
			await transaction(async (tx) => {
				const mailing = await hold(viewer, id, tx);
				const isDue = mailing.state === 'scheduled' && mailing.sendAt! <= (await now(tx));
				if (isDue) await leave(viewer, mailing, {}, tx);
			});
		} catch (error) {
			if (!(error instanceof Problem) || error.status !== 409) throw error;
			log.warn({ mailing: id, reason: error.code }, 'mailing not sent');
			const data = { state: 'draft' as const, failure: error.code };
			await db.mailing.updateMany({ where: { id, weddingId, state: 'scheduled' }, data });
		}
	}
}
