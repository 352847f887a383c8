import type { Gone, Tables } from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';

async function empty(weddingId: string, tx: Tx): Promise<Gone> {
	const found = await tx.removal.findMany({ where: { weddingId }, select: { fileIds: true } });
	const { count } = await tx.removal.deleteMany({ where: { weddingId } });
	const afterwards = async () => {
		for (const id of found.flatMap(({ fileIds }) => fileIds)) await files.remove(id);
	};
	return { count, afterwards };
}

export const tables = {
	Removal: {
		archive: { staysBehind: 'it is put back where it was taken away, within the hour' },
		// in it may be anybody: whoever goes is in none of them any more
		erasePerson: ({ weddingId }, tx) => empty(weddingId, tx),
		eraseAll: empty,
		expire: 'stays',
		restore: 'empty'
	}
} satisfies Tables;
