import * as trail from '../audit/trail.server.ts';
import { SESSION_SECONDS } from '../auth/login.ts';
import type { Entry } from '../auth/links.server.ts';
import { after, HOUR } from '../kernel/clock.ts';
import { now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { digest, makeSecret } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { LINK_HOURS, MOST_PHONES, type Phone } from './phone.ts';

/** Those that are not shut out, oldest first. */
export function list(viewer: Viewer): Promise<Phone[]> {
	permit(viewer, 'door:edit');
	return rows<Phone>(
		'phone-list',
		`SELECT id, name, entered_at AS "enteredAt", heard_at AS "heardAt", expires_at > now() AS "isOpen"
		FROM phone WHERE wedding_id = $1::uuid AND ended_at IS NULL ORDER BY created_at, id`,
		[viewer.weddingId]
	);
}

export type Made = { id: string; url: string };

/** One more, and the address that lets it in: once, within a day. Throws 409 when there are too many. */
export async function add(viewer: Viewer, name: string): Promise<Made> {
	permit(viewer, 'door:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const others = await tx.phone.count({ where: { weddingId, endedAt: null } });
		if (others >= MOST_PHONES) throw new Problem(409, 'phones_many', { count: MOST_PHONES });
		const { token, ...link } = await makeLink(tx);
		const { id } = await tx.phone.create({ data: { weddingId, name, ...link } });
		await trail.record(viewer, 'phone.added', { id, name }, tx);
		return { id, url: await addressOf(viewer, token) };
	});
}

/** Another address for the same phone, which is let in by it alone from then on. */
export async function renew(viewer: Viewer, id: string): Promise<Made> {
	permit(viewer, 'door:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const { name } = await hold(weddingId, id, tx);
		const { token, ...link } = await makeLink(tx);
		await tx.phone.update({ where: { id, weddingId }, data: { ...link, enteredAt: null } });
		await tx.session.deleteMany({ where: { phoneId: id, weddingId } });
		await trail.record(viewer, 'phone.renewed', { id, name }, tx);
		return { id, url: await addressOf(viewer, token) };
	});
}

/** Lets it in no more. What it noted before, and has sent, stays. */
export async function end(viewer: Viewer, id: string): Promise<string> {
	permit(viewer, 'door:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const { name } = await hold(weddingId, id, tx);
		await tx.phone.update({ where: { id, weddingId }, data: { endedAt: await now(tx) } });
		await tx.session.deleteMany({ where: { phoneId: id, weddingId } });
		await trail.record(viewer, 'phone.ended', { id, name }, tx);
		return name;
	});
}

/** What the page with the button shows; changes nothing. null for an address that was never ours. */
export async function peek({ weddingId }: Viewer, token: string): Promise<{ isOpen: boolean } | null> {
	const [found] = await rows<{ isOpen: boolean }>(
		'phone-peek',
		`SELECT entered_at IS NULL AND ended_at IS NULL AND expires_at > now() AS "isOpen"
		FROM phone WHERE token_hash = $1 AND wedding_id = $2::uuid`,
		[digest(token), weddingId]
	);
	return found ?? null;
}

/** Uses up the address and opens a session for the phone. Throws 410 for a spent or expired one. */
export async function enter({ weddingId }: Viewer, token: string, planted = ''): Promise<Entry> {
	const fresh = makeSecret();
	const [entered] = await rows<{ until: Date }>(
		'phone-enter',
		`WITH phone AS (
			UPDATE phone SET entered_at = now()
			WHERE token_hash = $1 AND wedding_id = $2::uuid AND entered_at IS NULL AND ended_at IS NULL AND expires_at > now()
			RETURNING id, wedding_id
		), planted AS (
			DELETE FROM session USING phone WHERE secret_hash = $4
		)
		INSERT INTO session (wedding_id, phone_id, secret_hash, expires_at)
		SELECT wedding_id, id, $3, now() + make_interval(secs => $5) FROM phone RETURNING expires_at AS until`,
		[digest(token), weddingId, digest(fresh), digest(planted), SESSION_SECONDS]
	);
	if (!entered) throw new Problem(410, 'phone_spent');
	return { secret: fresh, next: '/door', until: entered.until };
}

async function makeLink(tx: Tx) {
	const token = makeSecret();
	return { token, tokenHash: digest(token), expiresAt: after(LINK_HOURS * HOUR, await now(tx)) };
}

async function addressOf(viewer: Viewer, token: string): Promise<string> {
	return `${weddings.originOf(await weddings.get(viewer))}/door/in/${token}`;
}

async function hold(weddingId: string, id: string, tx: Tx): Promise<{ name: string }> {
	await weddings.hold(weddingId, tx);
	const phone = await tx.phone.findUnique({ where: { id, weddingId, endedAt: null } });
	if (!phone) throw new Problem(404, 'phone_not_found');
	return phone;
}
