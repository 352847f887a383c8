import type { Tables } from '../kernel/db/table.server.ts';
import { olderThan } from '../weddings/wedding.ts';

export const tables = {
	SheetImport: {
		seals: { column: 'sealed', row: 'id' },
		archive: {
			staysBehind: 'a list that is on its way in, and what takes the last one back, are of the hour'
		},
		// sealed in it may be anybody: whoever goes is in none of them any more
		erasePerson: ({ weddingId }, tx) => tx.sheetImport.deleteMany({ where: { weddingId } }),
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.sheetImport.deleteMany({ where: olderThan(limit) }),
		restore: 'empty'
	}
} satisfies Tables;
