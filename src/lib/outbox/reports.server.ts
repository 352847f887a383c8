import { rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import type { Report } from '../mail/reports.server.ts';
import type { State } from './message.ts';
import { CATEGORIES } from './suppression.ts';
import * as suppressions from './suppressions.server.ts';

type Found = { weddingId: string; address: string };

/**
 * Notes what the mail service reports; of mails that are not ours nothing. A state only rises, a mailbox is suppressed
 * by the rise alone, and who has subscribed again is asked by newer news alone: so the same reports, twice or in any
 * order, come to the same.
 */
export function take(reports: Report[]): Promise<void> {
	return transaction(async (tx) => {
		for (const { state, ...risen } of await raise(reports, tx)) {
			if (state !== 'bounced' && state !== 'complained') continue;
			await suppressions.add(risen.weddingId, { ...risen, reason: state, categories: ['all'] }, tx);
		}
		const left = reports.filter(({ news }) => news === 'unsubscribed');
		for (const { at, ...found } of await find(left, tx)) {
			const added = { ...found, reason: 'unsubscribed', categories: CATEGORIES } as const;
			await suppressions.add(found.weddingId, { ...added, at: at ?? undefined }, tx);
		}
	});
}

/** The delivery that a report is about: by our own name for it, which those of a bulk have alone, else by theirs. */
const DELIVERIES = `
	SELECT d.id, d.wedding_id, d.address, r.news, r.reason, r.at
	FROM jsonb_to_recordset($1::jsonb) AS r (tags uuid[], "providerId" text, news text, reason text, at timestamptz)
	JOIN delivery d ON d.id = coalesce(
		(SELECT id FROM delivery WHERE id = ANY(r.tags) LIMIT 1),
		(SELECT id FROM delivery WHERE provider_id = r."providerId" ORDER BY id LIMIT 1)
	)`;

/** Those whose state is another now. One that nobody knew had left has. */
async function raise(reports: Report[], tx: Tx): Promise<(Found & { state: State })[]> {
	const states = reports.filter(({ news }) => news !== 'unsubscribed');
	if (states.length === 0) return [];
	return rows(
		'reports-raise',
		`WITH last AS (
			SELECT DISTINCT ON (id) id, news::delivery_state AS state, reason FROM (${DELIVERIES}) AS found
			ORDER BY id, news::delivery_state DESC
		)
		UPDATE delivery d SET state = last.state, reason = last.reason,
			sent_at = coalesce(d.sent_at, date_trunc('milliseconds', now()))
		FROM last WHERE d.id = last.id AND d.state < last.state
		RETURNING d.wedding_id AS "weddingId", d.address, d.state`,
		[JSON.stringify(states)],
		tx
	);
}

async function find(reports: Report[], tx: Tx): Promise<(Found & { at: Date | null })[]> {
	if (reports.length === 0) return [];
	const text = `SELECT wedding_id AS "weddingId", address, at FROM (${DELIVERIES}) AS found`;
	return rows('reports-find', text, [JSON.stringify(reports)], tx);
}
