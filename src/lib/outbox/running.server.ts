import { asProblem, rows, transaction } from '../kernel/db/db.server.ts';
import { HOUR } from '../kernel/clock.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { Problem } from '../kernel/problem.ts';
import * as alarm from '../mail/alarm.server.ts';
import * as bulk from '../mail/bulk.server.ts';
import { NoAnswer, NotTaken } from '../mail/post.server.ts';
import * as quota from '../mail/quota.server.ts';
import * as chunks from './chunks.server.ts';
import * as letters from './letters.server.ts';
import * as openChunks from './open-chunks.server.ts';
import { goOn, RUN_QUEUE } from './outbox.server.ts';
import * as suppressions from './suppressions.server.ts';

/** Sends the next chunk of a run, looks after those before, and leaves the rest to a job of its own. */
export const running: Queue<'outbox.run'> = {
	name: RUN_QUEUE,
	// all runs share the pace
	atOnce: 1,
	options: {
		retryLimit: 6000,
		retryDelay: 5,
		retryBackoff: true,
		retryDelayMax: 300,
		// one of a process that was killed is tried again after this
		heartbeatSeconds: 10,
		expireInSeconds: 300,
		deleteAfterSeconds: HOUR
	},
	async work({ runId }) {
		try {
			await openChunks.settle(runId);
			const wait = await sendNext(runId);
			const seconds = wait ?? ((await openChunks.exist(runId)) ? chunks.PATIENCE_SECONDS : null);
			if (seconds !== null) await transaction((tx) => goOn(runId, seconds, tx));
		} catch (error) {
			if (error instanceof NotTaken) await alarm.raise(error, await findAge(runId));
			throw error;
		}
	}
};

/** Seconds until there is more to send; null when there is none. */
async function sendNext(runId: string): Promise<number | null> {
	const seconds = await chunks.findNext(runId);
	if (seconds !== 0) return seconds;
	const wait = await quota.findWait('bulk');
	if (wait > 0) return wait;
	await quota.waitForTurn('bulk');
	const chunk = await chunks.claim(runId, await quota.findSize());
	return chunk ? send(chunk) : 0;
}

async function send(chunk: chunks.Chunk): Promise<number> {
	const mails = await compose(chunk);
	if (mails.length === 0) return chunks.remove(chunk.id).then(() => 0);
	const ids = mails.map(({ id }) => id);
	if (!(await chunks.handOver(chunk.id, ids))) return chunks.giveBack(chunk.id).then(() => 0);
	let bulkId: string | null;
	try {
		bulkId = await bulk.send(mails, chunk.id);
	} catch (error) {
		const wait = await settleRefused(chunk.id, ids, error);
		if (wait === null) throw error;
		return wait;
	}
	await chunks.settleSent(chunk.id, bulkId);
	if (ids.length === 1) await quota.probe(true);
	return 0;
}

/** Those of a chunk that are still wanted. Throws, and sends none of them, where it is not the fault of one. */
async function compose({ id: chunkId, mails }: chunks.Chunk): Promise<bulk.Outgoing[]> {
	const written: bulk.Outgoing[] = [];
	const skipped = new Map<string, string>();
	const failed = new Map<string, string>();
	const isSuppressed = await suppressions.find(mails[0]!.weddingId);
	for (const mail of mails) {
		try {
			const letter = await letters.write(mail, isSuppressed);
			if ('skipped' in letter) skipped.set(mail.id, letter.skipped);
			else written.push({ id: mail.id, to: mail, letter });
		} catch (error) {
			if (!letters.isKnown(mail.kind) || asProblem(error) instanceof Problem) {
				await chunks.giveBack(chunkId);
				throw error;
			}
			// the others do not wait for it
			log.error({ error: String(error), kind: mail.kind }, 'a letter could not be written');
			failed.set(mail.id, 'not_written');
		}
	}
	await chunks.settle(chunkId, 'skipped', skipped);
	await chunks.settle(chunkId, 'failed', failed);
	return written;
}

/** Seconds until it is of use to go on; null where that is not known. */
async function settleRefused(chunkId: string, ids: string[], error: unknown): Promise<number | null> {
	if (error instanceof NoAnswer) {
		// the mail service is asked about it, and the next one is a small one
		await quota.probe(false);
		return chunks.PATIENCE_SECONDS;
	}
	if (error instanceof bulk.SomeRefused) {
		const refused = [...error.reasons].flatMap(([place, why]) => (ids[place] ? [[ids[place], why]] : []));
		await chunks.settle(chunkId, 'failed', new Map(refused as [string, string][]));
	} else if (error instanceof bulk.AllRefused && ids.length === 1) {
		await chunks.settle(chunkId, 'failed', new Map([[ids[0]!, error.message]]));
	} else if (error instanceof bulk.AllRefused) {
		await quota.noteSize(Math.floor(ids.length / 2));
	}
	await chunks.giveBack(chunkId);
	if (error instanceof bulk.SomeRefused || error instanceof bulk.AllRefused) return 0;
	return (await quota.findWait('bulk')) || null;
}

/** In seconds. */
async function findAge(runId: string): Promise<number> {
	const text = 'SELECT extract(epoch FROM now() - created_at)::float8 AS age FROM run WHERE id = $1::uuid';
	const [run] = await rows<{ age: number }>('run-age', text, [runId]);
	return run?.age ?? 0;
}
