import { z } from 'zod';
import { archived, type Gone, inBatches, type Tables } from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { at, id } from '../kernel/db/archived.ts';
import type { Prisma } from '../../../prisma/client/client.ts';
import { type Format, MIME_TYPES } from '../recordings/audio.ts';
import { withSum } from '../recordings/tables.server.ts';

const formats = Object.keys(MIME_TYPES) as [Format, ...Format[]];

const ArchivedVoice = z.strictObject({
	...{
		id,
		householdId: id.nullable(),
		guestId: id.nullable(),
		speaker: z.string(),
		originalName: z.string()
	},
	...{ format: z.enum(formats), plays: z.boolean(), bytes: z.int().nonnegative() },
	...{ sha256: z.string().regex(/^[\da-f]{64}$/), durationSeconds: z.number() },
	...{ isShared: z.boolean(), isKept: z.boolean(), reply: z.string(), createdAt: at }
});
export type ArchivedVoice = z.output<typeof ArchivedVoice>;

const madeAnew = 'it is made anew from the original';

export const tables = {
	Voice: {
		archive: archived({
			key: 'voices',
			// archives from before there was a guest book have none
			schema: z.array(ArchivedVoice).default([]),
			leavesOut: {
				mimeType: 'it follows from the format',
				crc32: 'it is counted again',
				uploadKey: 'it is of a browser that may send its message again to the old install',
				...{ state: madeAnew, failure: madeAnew, playbackBytes: madeAnew, peaks: madeAnew }
			},
			refersTo: { householdId: 'households', guestId: 'guests' },
			async collect(weddingId, tx) {
				const omit = { weddingId: true, mimeType: true, crc32: true, uploadKey: true } as const;
				const found = await tx.voice.findMany({
					...{ where: { weddingId }, orderBy: { id: 'asc' } },
					omit: { ...omit, state: true, failure: true, playbackBytes: true, peaks: true }
				});
				return Promise.all(found.map(withSum));
			},
			store(rows, { weddingId }, tx) {
				const own = rows.map(({ sha256, ...row }) => ({
					...{ ...row, weddingId, mimeType: MIME_TYPES[row.format], sha256: Buffer.from(sha256, 'hex') }
				}));
				return inBatches(own, (data) => tx.voice.createMany({ data }));
			}
		}),
		erasePerson({ id: guestId, name: speaker, weddingId, household, isLast }, tx) {
			// with a card nobody says which of the household it is but by the name that they give
			const byCard = { householdId: household.id, ...(!isLast && { speaker }) };
			return erase({ weddingId, OR: [{ guestId }, byCard] }, tx);
		},
		eraseAll: (weddingId, tx) => erase({ weddingId }, tx),
		expire: 'stays',
		// backups have no copies
		restore: { update: `UPDATE voice SET state = 'waiting', playback_bytes = NULL, failure = NULL` }
	}
} satisfies Tables;

async function erase(where: Prisma.VoiceWhereInput, tx: Tx): Promise<Gone> {
	const voices = await tx.voice.findMany({ where, select: { id: true } });
	const { count } = await tx.voice.deleteMany({ where });
	const afterwards = async () => {
		for (const { id } of voices) await files.remove(id);
	};
	return { count, afterwards };
}
