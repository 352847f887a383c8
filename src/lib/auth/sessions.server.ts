import { now, rows, transaction } from '../kernel/db/db.server.ts';
import { digest } from '../kernel/token.ts';
import { together } from '../kernel/db/together.server.ts';
import type { Role, Viewer } from '../kernel/viewer.ts';
import type { Wedding } from '../weddings/wedding.ts';
import { SESSION_LONGEST_SECONDS, SESSION_SECONDS } from './login.ts';

export type Found = {
	viewer: Viewer;
	wedding: Wedding;
	/** what a page calls this person: the guest, the household, or the account's address */
	name: string;
	/** the household's, null for the couple */
	language: string | null;
	/** the cookie has to be sent again with this end */
	renewedUntil?: Date;
};

/** JSON without names: with rows that Node takes apart an evening took 11 to 13 % more of the processor. Dates are text. */
type Row = [
	/** place among those that are asked for together, counted from 1 */
	n: number,
	person: [
		sessionId: string,
		accountId: string | null,
		householdId: string | null,
		guestId: string | null,
		phoneId: string | null,
		signedInAt: string,
		isOld: boolean,
		role: Role,
		name: string,
		language: string | null
	],
	wedding: [
		id: string,
		host: string | null,
		names: string,
		heldOn: string | null,
		place: string,
		welcome: Wedding['welcome'],
		timeZone: string,
		language: string,
		look: Wedding['look']
	]
];

/**
 * Who holds this cookie, and their wedding, in one query; null when the session has ended, the guest or
 * the last of the household was removed, the member left, the account is disabled or the phone was shut out.
 */
export async function find(secret: string, host: string): Promise<Found | null> {
	const row = await look({ hash: digest(secret), host });
	if (!row) return null;
	const [, person, [weddingId, weddingHost, names, heldOn, place, welcome, timeZone, usual, theirs]] = row;
	const [sessionId, accountId, householdId, guestId, phoneId, since, isOld, role, name, language] = person;
	return {
		viewer: {
			role,
			weddingId,
			sessionId,
			signedInAt: new Date(since),
			...(accountId && { accountId }),
			...(householdId && { householdId }),
			...(guestId && { guestId }),
			...(phoneId && { phoneId })
		},
		wedding: {
			...{ id: weddingId, host: weddingHost, names, place, welcome, timeZone, language: usual },
			look: theirs,
			heldOn: heldOn === null ? null : new Date(heldOn)
		},
		name,
		language,
		...(isOld && { renewedUntil: await renew(sessionId) })
	};
}

/** Of these sessions those that still let somebody in, each with its role now. */
export async function findAlive(ids: string[]): Promise<Map<string, Role>> {
	const found = await rows<{ id: string; role: Role }>('session-alive', ALIVE, [ids]);
	return new Map(found.map(({ id, role }) => [id, role]));
}

const ALIVE = `
	SELECT s.id, coalesce(m.role::text, CASE WHEN p.id IS NULL THEN 'guest' ELSE 'door' END) AS role FROM session s
	LEFT JOIN member m ON m.account_id = s.account_id AND m.wedding_id = s.wedding_id
	LEFT JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
	LEFT JOIN phone p ON p.id = s.phone_id AND p.ended_at IS NULL
	WHERE s.id = ANY($1::uuid[]) AND s.expires_at > now() AND (
		a.id IS NOT NULL OR p.id IS NOT NULL OR EXISTS (SELECT FROM guest WHERE household_id = s.household_id)
	)`;

type Asked = { hash: Buffer; host: string };

const look = together(async (asked: Asked[]) => {
	const found: (Row | null)[] = asked.map(() => null);
	const values = [asked.map(({ hash }) => hash), asked.map(({ host }) => host)];
	const [given] = await rows<{ rows: Row[] | null }>('session-find', FIND, values);
	for (const row of given!.rows ?? []) found[row[0] - 1] = row;
	return found;
});

// each LIMIT keeps the planner to one look into an index, whatever it believes of the sizes of these tables
const FIND = `
	SELECT json_agg(json_build_array(
		asked.n::int,
		json_build_array(
			s.id, s.account_id, s.household_id, s.guest_id, s.phone_id, s.created_at,
			s.renewed_at < now() - interval '1 hour', coalesce(couple.role, phone.role, 'guest'),
			coalesce(guest.name, couple.name, phone.name), guest.language
		),
		json_build_array(
			w.id, w.host, w.names, w.held_on, w.place, w.welcome, w.time_zone, w.language,
			(SELECT json_build_object('theme', theme, 'accent', accent) FROM look WHERE wedding_id = w.id)
		)
	)) AS rows
	FROM unnest($1::bytea[], $2::text[]) WITH ORDINALITY AS asked (secret_hash, host, n)
	JOIN session s ON s.secret_hash = asked.secret_hash AND s.expires_at > now()
	JOIN wedding w ON w.id = s.wedding_id AND w.id = (
		SELECT id FROM wedding WHERE host = asked.host OR host IS NULL ORDER BY host NULLS LAST, id LIMIT 1
	)
	LEFT JOIN LATERAL (
		SELECT m.role::text, coalesce(nullif(a.name, ''), a.email) AS name
		FROM member m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
		WHERE m.account_id = s.account_id AND m.wedding_id = s.wedding_id LIMIT 1
	) AS couple ON true
	LEFT JOIN LATERAL (
		SELECT coalesce((SELECT name FROM guest WHERE id = s.guest_id), h.name) AS name, h.language
		FROM household h
		WHERE h.id = s.household_id AND EXISTS (SELECT FROM guest WHERE household_id = h.id) LIMIT 1
	) AS guest ON true
	LEFT JOIN LATERAL (
		SELECT 'door' AS role, name FROM phone WHERE id = s.phone_id AND ended_at IS NULL LIMIT 1
	) AS phone ON true
	WHERE couple.role IS NOT NULL OR guest.name IS NOT NULL OR phone.role IS NOT NULL`;

/** At most once an hour, so that reading a page seldom writes. Says until when, unless the session has just ended. */
async function renew(sessionId: string): Promise<Date | undefined> {
	const [renewed] = await rows<{ until: Date }>(
		'session-renew',
		`WITH seen AS (
			UPDATE household SET seen_at = now() FROM session s
			WHERE s.id = $1 AND household.id = s.household_id RETURNING 1
		)
		UPDATE session SET renewed_at = now(), expires_at = least(
			now() + make_interval(secs => $2), created_at + make_interval(secs => $3)
		)
		WHERE id = $1 AND (SELECT count(*) FROM seen) >= 0 RETURNING expires_at AS until`,
		[sessionId, SESSION_SECONDS, SESSION_LONGEST_SECONDS]
	);
	return renewed?.until;
}

/** Logs out here, or on every device of this person: then no link that was mailed to them lets anybody in either. */
export async function end(viewer: Viewer, { everywhere = false } = {}): Promise<void> {
	const { sessionId, weddingId, accountId = null, householdId = null, guestId = null } = viewer;
	if (!sessionId) return;
	if (!everywhere) return void (await rows('session-end', 'DELETE FROM session WHERE id = $1', [sessionId]));
	const theirs = { weddingId, ...(accountId ? { accountId } : { householdId, guestId }) };
	await transaction(async (tx) => {
		const time = await now(tx);
		await tx.$queryRaw`SELECT 1 FROM household WHERE id = ${householdId}::uuid FOR NO KEY UPDATE`;
		await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
		await tx.loginLink.updateMany({
			where: { ...theirs, usedAt: null, expiresAt: { gt: time } },
			data: { expiresAt: time }
		});
		await tx.session.deleteMany({ where: theirs });
	});
}
