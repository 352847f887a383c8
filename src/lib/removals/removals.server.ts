import { type Chosen, collect, type Kept, putBack } from '../kernel/db/cascade.server.ts';
import { rows, type Tx } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { all } from '../kernel/domain.ts';
import { Problem } from '../kernel/problem.ts';
import type { Back, Kind, Removed } from './removed.ts';

/* What was taken away, so that it can be put back for an hour. Whoever takes it away has the right to put it back. */

/** So long, in words of Postgres. */
export const PATIENCE = '1 hour';

type Removing = {
	kind: Kind;
	/** as the couple calls it, where that is said */
	name?: string;
	chosen: Chosen;
	/** stay as long as it can be put back */
	fileIds?: string[];
};

/** Keeps what goes with these rows, in the transaction that deletes them after that. Its id, by which it is put back. */
export async function keep(weddingId: string, removed: Removing, tx: Tx): Promise<string> {
	const { kind, name = '', chosen, fileIds = [] } = removed;
	const kept = await collect(chosen, listClosed(), tx);
	const data = { weddingId, kind, name, kept: kept as object, fileIds };
	return (await tx.removal.create({ data, select: { id: true } })).id;
}

/** Who was signed in has to sign in again. */
function listClosed(): Set<string> {
	const tables = all().flatMap(({ tables = {} }) => Object.entries(tables));
	const closed = tables.filter(([, { restore }]) => restore === 'empty').map(([model]) => tableOf(model));
	return new Set(closed);
}

const tableOf = (model: string) => model.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** What can still be put back, for a page that says so. */
export async function find(
	weddingId: string,
	id: string | null,
	...kinds: Kind[]
): Promise<Removed | undefined> {
	const [found] = await rows<Removed>(
		'removal-find',
		`SELECT id::text, kind, name FROM removal WHERE wedding_id = $1::uuid AND id::text = $2 AND kind = ANY($3::text[])
			AND created_at > now() - interval '${PATIENCE}'`,
		[weddingId, id ?? '', kinds]
	);
	return found;
}

/** Takes it out, for whoever puts it back in the same transaction: nobody does so twice. Throws 409. */
export async function take(weddingId: string, id: string, kinds: Kind[], tx: Tx): Promise<Kept> {
	const [found] = await rows<{ kept: Kept }>(
		'removal-take',
		`DELETE FROM removal WHERE wedding_id = $1::uuid AND id = $2::uuid AND kind = ANY($3::text[])
			AND created_at > now() - interval '${PATIENCE}' RETURNING kept`,
		[weddingId, id, kinds],
		tx
	);
	if (!found) throw new Problem(409, 'removal_gone');
	return found.kept;
}

/** Puts back what `take` gave. Throws 409 where what was chosen itself has no place any more. */
export async function restore(kept: Kept, tx: Tx): Promise<Back> {
	const left = await putBack(kept, tx);
	if (left.some((table) => kept.chosen.includes(table))) throw new Problem(409, 'removal_taken');
	return { isWhole: left.length === 0 };
}

/** Whether it is a file of what can still be put back: it stays, also for whoever finds no row of it. */
export async function holdsFile(id: string): Promise<boolean> {
	const text = 'SELECT 1 FROM removal WHERE $1::uuid = ANY(file_ids)';
	return (await rows('removal-file', text, [id])).length > 0;
}

/** What nobody puts back any more goes for good, with its files. */
export async function tidy(): Promise<void> {
	const gone = await rows<{ fileIds: string[] }>(
		'removals-tidy',
		`DELETE FROM removal WHERE created_at < now() - interval '${PATIENCE}' RETURNING file_ids::text[] AS "fileIds"`,
		[]
	);
	for (const id of gone.flatMap(({ fileIds }) => fileIds)) await files.remove(id);
}
