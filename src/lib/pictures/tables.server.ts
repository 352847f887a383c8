import { z } from 'zod';
import { at, id, maybe } from '../kernel/db/archived.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import { archived, type Gone, inBatches, type Tables } from '../kernel/db/table.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { FOCUSES } from './picture.ts';

const ArchivedPicture = z.strictObject({
	...{ id, place: z.string(), subjectId: id.nullable().default(null), position: z.int().default(0) },
	...{ width: z.int().positive(), height: z.int().positive() },
	...{ bytes: z.int().positive(), sha256: z.string().regex(/^[\da-f]{64}$/) },
	...{ firstLook: z.base64().max(4000), focus: z.enum(FOCUSES), alt: z.record(z.string(), z.string()) },
	...{ removedAt: maybe(at), createdAt: at }
});
export type ArchivedPicture = z.output<typeof ArchivedPicture>;

export const tables = {
	Picture: {
		archive: archived({
			key: 'pictures',
			// archives from before there were any have none
			schema: z.array(ArchivedPicture).default([]),
			leavesOut: {},
			refersTo: {},
			async collect(weddingId, tx) {
				const found = await tx.picture.findMany({
					...{ where: { weddingId }, omit: { weddingId: true }, orderBy: { id: 'asc' } }
				});
				return found.map(({ bytes, sha256, ...row }) => ({
					...{ ...row, bytes: Number(bytes), sha256: Buffer.from(sha256).toString('hex') }
				}));
			},
			store(rows, { weddingId }, tx) {
				const own = rows.map(({ sha256, ...row }) => ({
					...{ ...row, weddingId, sha256: Buffer.from(sha256, 'hex') }
				}));
				return inBatches(own, (data) => tx.picture.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: erase,
		expire: 'stays',
		// what backups do not have is drawn again when somebody looks at it
		restore: 'stays'
	}
} satisfies Tables;

async function erase(weddingId: string, tx: Tx): Promise<Gone> {
	const pictures = await tx.picture.findMany({ where: { weddingId }, select: { id: true } });
	const { count } = await tx.picture.deleteMany({ where: { weddingId } });
	const afterwards = async () => {
		for (const { id } of pictures) await files.remove(id);
	};
	return { count, afterwards };
}
