import { m } from '../i18n/compiled/messages.js';
import { rows } from '../kernel/db/db.server.ts';
import type { Found } from '../kernel/domain.ts';
import { foldWords, MOST_FOUND } from '../kernel/text/find.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** Recordings by title, speaker and moment; what is said in them, the guests' page finds. */
export async function find(viewer: Viewer, words: string): Promise<Found[]> {
	permit(viewer, 'recordings:edit');
	const found = await rows<{ id: string; title: string; speaker: string }>(
		'recordings-found',
		`SELECT id, title, speaker FROM recording
		WHERE wedding_id = $1::uuid AND NOT EXISTS (
			SELECT FROM unnest($2::text[]) AS word
			WHERE strpos(fold(concat_ws(E'\\n', title, speaker, moment)), word) = 0
		)
		ORDER BY fold(title), id LIMIT ${MOST_FOUND + 1}`,
		[viewer.weddingId, foldWords(words)]
	);
	const hits = found.map(({ id, title, speaker }) => ({
		...{ href: `/couple/recordings/${id}`, title, text: speaker }
	}));
	return [{ title: m.nav_recordings(), hits }];
}
