import { Prisma } from '../../prisma/client/client.ts';
import { domains } from '../app/domains.ts';
import type { Table } from '../lib/kernel/db/table.server.ts';

const owned = new Map(domains.flatMap(({ tables }) => Object.entries<Table>(tables)));

/**
 * Those of all domains as the schema has them: each after those that it refers to, and in the order in which rows are
 * locked. Rows come in this way, and go the other way.
 */
export const tables = Object.values(Prisma.ModelName).flatMap((model) => {
	const table = owned.get(model);
	return table ? [{ model, ...table }] : [];
});
