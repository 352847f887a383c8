import { rows } from '../../lib/kernel/db/db.server.ts';
import { presentMark, seal, unseal } from '../../lib/kernel/db/sealed.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { tableOf } from '../backup/restored.server.ts';
import { tables } from '../tables.server.ts';

const BATCH = 500;

type Sealed = { id: string; sealed: Buffer };

/** What is sealed, in all weddings, by table. */
export const sealed = tables.flatMap(({ model, seals }) =>
	seals ? [{ table: tableOf(model), ...seals }] : []
);

/**
 * Seals everything with DATA_KEY that is sealed with another key, and gives back how much that was. What somebody
 * changes meanwhile stays as they changed it. It can be stopped at any time and begun again. Throws a Problem for what
 * neither this key nor the one before opens; everything else is sealed by then.
 */
export async function rotate(): Promise<number> {
	let count = 0;
	let locked = 0;
	for (const place of sealed) {
		for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
			const found = await find(place, after);
			const opened = found.flatMap((row) => reseal(place, row) ?? []);
			locked += found.length - opened.length;
			count += await replace(place, opened);
			if (found.length < BATCH) break;
			after = found.at(-1)!.id;
		}
	}
	if (locked > 0)
		throw new Problem(`${locked} values are sealed with a key that is neither DATA_KEY nor DATA_KEY_OLD.`);
	return count;
}

type Place = (typeof sealed)[number];

function find({ table, column, row }: Place, after: string): Promise<Sealed[]> {
	return rows(
		`rotate-find-${table}`,
		`SELECT ${row} AS id, ${column} AS sealed FROM ${table}
		WHERE ${column} IS NOT NULL AND substr(${column}, 1, 5) <> $1::bytea AND ${row} > $2::uuid
		ORDER BY ${row} LIMIT ${BATCH}`,
		[presentMark(), after]
	);
}

function reseal({ table, column }: Place, { id, sealed }: Sealed) {
	const place = `${table}.${column}:${id}`;
	try {
		return { id, sealed, anew: Buffer.from(seal(unseal(sealed, place), place)) };
	} catch {
		return undefined;
	}
}

async function replace({ table, column, row }: Place, opened: (Sealed & { anew: Buffer })[]) {
	const done = await rows(
		`rotate-replace-${table}`,
		`UPDATE ${table} SET ${column} = anew FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS new(id, old, anew)
		WHERE ${table}.${row} = new.id AND ${table}.${column} = new.old RETURNING 1`,
		[opened.map(({ id }) => id), opened.map(({ sealed }) => sealed), opened.map(({ anew }) => anew)]
	);
	return done.length;
}
