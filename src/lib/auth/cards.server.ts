import { rows } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { digest, normalizeCode, makeSecret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { CODE_LENGTH } from '../people/household.ts';
import { SESSION_SECONDS } from './login.ts';
import type { Entry } from './links.server.ts';

export type Card = { name: string; language: string; guests: number };

/** The household whose card carries this code; changes nothing. Throws 404, also for a piece of a code. */
export async function peek({ weddingId }: Viewer, typed: string): Promise<Card> {
	const code = normalizeCode(typed);
	if (code.length !== CODE_LENGTH) throw new Problem(404, 'card_length', { count: code.length });
	const [card] = await rows<Card>(
		'card-peek',
		`SELECT h.name, h.language, count(*)::int AS guests FROM household h JOIN guest g ON g.household_id = h.id
		WHERE h.code = $1 AND h.wedding_id = $2 GROUP BY h.id`,
		[code, weddingId]
	);
	if (!card) throw new Problem(404, 'card_unknown');
	return card;
}

/** Opens a session for the household. A card works as often as it is used. Throws 404. */
export async function enter({ weddingId }: Viewer, typed: string, planted = ''): Promise<Entry> {
	const fresh = makeSecret();
	const [entered] = await rows<{ until: Date }>(
		'card-enter',
		`WITH wedding AS (
			SELECT id FROM wedding WHERE id = $2 FOR KEY SHARE
		), card AS (
			UPDATE household SET opened_at = coalesce(opened_at, now()), seen_at = now() FROM wedding
			WHERE code = $1 AND wedding_id = wedding.id AND EXISTS (SELECT FROM guest WHERE household_id = household.id)
			RETURNING household.id, wedding_id
		), planted AS (
			DELETE FROM session USING card WHERE secret_hash = $4
		)
		INSERT INTO session (wedding_id, household_id, secret_hash, expires_at)
		SELECT wedding_id, id, $3, now() + make_interval(secs => $5) FROM card RETURNING expires_at AS until`,
		[normalizeCode(typed), weddingId, digest(fresh), digest(planted), SESSION_SECONDS]
	);
	if (!entered) throw new Problem(404, 'card_unknown');
	return { secret: fresh, next: '/', until: entered.until };
}
