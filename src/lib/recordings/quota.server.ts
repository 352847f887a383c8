import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { notify } from '../kernel/log/webhook.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Room } from './uploading.ts';

/** From here on everybody who can do something about it is told. */
const NEARLY = 0.8;

type Taken = { stored: number; coming: number };

/** How much room the recordings of this wedding take, as they were uploaded; null where there is no limit. */
export async function room(viewer: Viewer): Promise<Room | null> {
	permit(viewer, 'recordings:edit');
	const { UPLOAD_QUOTA: quotaBytes } = settings;
	if (!quotaBytes) return null;
	const { stored, coming } = await taken(viewer.weddingId, '', db);
	const usedBytes = stored + coming;
	return { usedBytes, quotaBytes, isNearlyFull: usedBytes >= NEARLY * quotaBytes };
}

/**
 * Throws 413 when so many bytes would be too many beside what is stored and what uploads were promised, but for the
 * one that `uploadKey` names. Whoever is to count on the answer holds the wedding.
 */
export async function check(
	weddingId: string,
	{ bytes, uploadKey }: { bytes: number; uploadKey?: string | null },
	tx: Tx = db
): Promise<void> {
	const { UPLOAD_QUOTA: quotaBytes } = settings;
	if (!quotaBytes) return;
	const { stored, coming } = await taken(weddingId, uploadKey ?? '', tx);
	const left = quotaBytes - stored - coming;
	if (bytes > left) throw new Problem(413, 'quota_full', { megabytes: megabytes(left) });
}

/** Tells the maintainer, once, when `bytes` more were what made it nearly full. */
export async function warn(weddingId: string, bytes: number): Promise<void> {
	const { UPLOAD_QUOTA: quotaBytes, ORIGIN } = settings;
	if (!quotaBytes) return;
	const { stored } = await taken(weddingId, '', db);
	if (stored < NEARLY * quotaBytes || stored - bytes >= NEARLY * quotaBytes) return;
	log.warn({ weddingId, stored, quotaBytes }, 'the recordings of a wedding take most of UPLOAD_QUOTA');
	const figures = `${megabytes(stored)} of ${megabytes(quotaBytes)} MB`;
	await notify(`${ORIGIN}: the recordings of wedding ${weddingId} take ${figures}. Look at UPLOAD_QUOTA.`);
}

async function taken(weddingId: string, uploadKey: string, tx: Tx): Promise<Taken> {
	const [found] = await rows<Taken>('quota-taken', TAKEN, [weddingId, settings.UPLOAD_LIMIT, uploadKey], tx);
	return found!;
}

// an upload whose length is not known yet was promised the largest
const TAKEN = `
	SELECT
		(SELECT coalesce(sum(bytes), 0) FROM stored_file WHERE wedding_id = $1::uuid)::float8 AS stored,
		(
			SELECT coalesce(sum(coalesce(bytes, $2::float8)), 0) FROM upload
			WHERE wedding_id = $1::uuid AND NOT is_stored AND id::text <> $3::text
		)::float8 AS coming`;

function megabytes(bytes: number): number {
	return Math.max(0, Math.floor(bytes / 2 ** 20));
}
