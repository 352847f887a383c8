import { rows } from '../kernel/db/db.server.ts';
import { fold } from '../kernel/text/fold.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { SHOWN } from './shown.server.ts';
import { passage } from './transcript.ts';

/** By recording, the passage of its transcript with these words; empty where its title, speaker or moment has them. */
export type Passages = Map<string, string>;

type Found = { id: string; isNamed: boolean; transcript: string };

/** The recordings with these words, in one piece, however they are written; null where there is nothing to look for. */
export async function search(viewer: Viewer, typed: string): Promise<Passages | null> {
	permit(viewer, 'recordings:listen');
	// which Postgres does not take in any text
	const words = typed.replaceAll('\0', '');
	if (!fold(words)) return null;
	const found = await rows<Found>(
		'recordings-search',
		`SELECT id, "isNamed", CASE WHEN "isNamed" THEN '' ELSE transcript END AS transcript FROM (
			SELECT id, transcript, strpos(fold(concat_ws(E'\\n', title, speaker, moment)), fold($2)) > 0 AS "isNamed"
			FROM recording, (SELECT $4::uuid AS listener) AS asking
			WHERE wedding_id = $1::uuid AND (${SHOWN} OR $3)
		) AS named
		WHERE "isNamed" OR strpos(fold(transcript), fold($2)) > 0`,
		[viewer.weddingId, words, may(viewer, 'recordings:edit'), viewer.householdId ?? null]
	);
	const passages = found.map(({ id, isNamed, transcript }) => {
		return [id, isNamed ? '' : passage(transcript, words)] as const;
	});
	// the times of WebVTT are no words
	return new Map(passages.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
