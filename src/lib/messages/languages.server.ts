import { LANGUAGES } from '../i18n/languages.ts';
import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Mailing } from './mailing.ts';

/**
 * In which languages it is written: those of the guests, of the wedding, and those in which news says something already.
 * The invitation has our words in all others, as long as nobody reads them.
 */
export async function list(
	viewer: Viewer,
	{ kind, subject, text }: Pick<Mailing, 'kind' | 'subject' | 'text'>,
	tx: Tx = db
): Promise<string[]> {
	permit(viewer, 'mail:send');
	const spoken = await rows<{ language: string }>(
		'mailing-languages',
		`SELECT language FROM wedding WHERE id = $1::uuid
		UNION SELECT language FROM household WHERE wedding_id = $1::uuid`,
		[viewer.weddingId],
		tx
	);
	const written = kind === 'news' ? Object.keys({ ...subject, ...text }) : [];
	const wanted = new Set([...spoken.map(({ language }) => language), ...written]);
	return LANGUAGES.filter((language) => wanted.has(language));
}
