import { rows } from '../kernel/db/db.server.ts';
import { canSeal, unseal } from '../kernel/db/sealed.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { dietOf } from './diets.server.ts';
import type { Words } from '../i18n/words.ts';
import type { ReplyState } from './reply.ts';

export type AnswerLine = {
	household: string;
	guest: string;
	isChild: boolean;
	state: ReplyState | null;
	meal: Words | null;
	diet: string;
	answeredAt: Date | null;
};

/** What these households answer to an event, in their order. */
export async function listAnswers(viewer: Viewer, eventId: string, ids: string[]): Promise<AnswerLine[]> {
	permit(viewer, 'answers:read');
	type Row = Omit<AnswerLine, 'diet'> & { guestId: string; sealed: Uint8Array | null };
	const found = await rows<Row>('answers-page', ANSWERS, [viewer.weddingId, eventId, ids]);
	return found.map(({ guestId, sealed, ...line }) => ({
		...line,
		diet: sealed && canSeal() ? unseal(sealed, dietOf(guestId)) : ''
	}));
}

const ANSWERS = `
	SELECT h.name AS household, g.id AS "guestId", g.name AS guest, g.is_child AS "isChild", r.state::text AS state,
		m.name AS meal, r.answered_at AS "answeredAt", d.sealed
	FROM unnest($3::uuid[]) WITH ORDINALITY AS page (id, place) JOIN household h ON h.id = page.id
	JOIN guest g ON g.household_id = h.id JOIN invitation i ON i.guest_id = g.id AND i.event_id = $2::uuid
	LEFT JOIN reply r ON r.guest_id = g.id AND r.event_id = i.event_id
	LEFT JOIN meal m ON m.id = r.meal_id LEFT JOIN diet d ON d.guest_id = g.id
	WHERE h.wedding_id = $1::uuid ORDER BY page.place, g.position, g.id`;

export type Silent = { household: string; guests: string[]; phone: string; calledAt: Date | null };

/** Those of these households in which somebody has not answered something. */
export function listSilent(viewer: Viewer, ids: string[]): Promise<Silent[]> {
	permit(viewer, 'answers:read');
	return rows<Silent>(
		'silent-page',
		`SELECT h.name AS household, h.phone, s.called_at AS "calledAt",
			array_agg(g.name ORDER BY g.position, g.id) AS guests
		FROM unnest($2::uuid[]) WITH ORDINALITY AS page (id, place) JOIN household h ON h.id = page.id
		JOIN guest g ON g.household_id = h.id LEFT JOIN rsvp s ON s.household_id = h.id
		WHERE h.wedding_id = $1::uuid AND EXISTS (
			SELECT FROM invitation i LEFT JOIN reply r ON r.guest_id = i.guest_id AND r.event_id = i.event_id
			WHERE i.guest_id = g.id AND r.state IS NULL
		) GROUP BY h.id, s.called_at, page.place ORDER BY page.place`,
		[viewer.weddingId, ids]
	);
}
