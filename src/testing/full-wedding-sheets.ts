import { randomUUID } from 'node:crypto';
import { seal } from '#lib/kernel/db/sealed.server.ts';

/** A list that was taken in. */
export function sheetRows(weddingId: string, createdAt: Date) {
	const id = randomUUID();
	const sealed = seal('{}', `sheet_import.sealed:${id}`);
	return [{ id, weddingId, name: 'gasten.xlsx', state: 'stored', sealed, createdAt }];
}
