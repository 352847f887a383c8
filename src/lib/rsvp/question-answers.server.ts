import { sortByName } from '../i18n/order.ts';
import { rows } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Value } from './question.ts';
import * as questions from './questions.server.ts';

type Row = { questionId: string; ownerId: string; name: string; household: string; value: Value };

/** What everybody answered to the couple's questions; an answer about an event counts while whoever gave it comes there. */
export async function list(viewer: Viewer) {
	permit(viewer, 'answers:read');
	const unsorted = await rows<Row>(
		'question-answers',
		`SELECT a.question_id AS "questionId", coalesce(g.id, h.id) AS "ownerId", coalesce(g.name, h.name) AS name,
			h.name AS household, a.value
		FROM answer a JOIN question q ON q.id = a.question_id LEFT JOIN guest g ON g.id = a.guest_id
		JOIN household h ON h.id = coalesce(a.household_id, g.household_id)
		WHERE a.wedding_id = $1::uuid AND (q.event_id IS NULL OR EXISTS (
			SELECT FROM reply r JOIN invitation i USING (event_id, guest_id) JOIN guest c ON c.id = r.guest_id
			WHERE r.event_id = q.event_id AND r.state = 'yes' AND (c.id = a.guest_id OR c.household_id = a.household_id)
		))
		ORDER BY h.name, h.id, g.position, g.id`,
		[viewer.weddingId]
	);
	const found = sortByName(unsorted, ({ household }) => household);
	return (await questions.list(viewer)).map((question) => ({
		...question,
		values: found.filter(({ questionId }) => questionId === question.id)
	}));
}

export type AnsweredQuestion = Awaited<ReturnType<typeof list>>[0];
