import { randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { acceptJobs, makeWedding, stopAtAudit, untilWaiting } from '../../testing/fixtures.ts';
import { db } from '../../lib/kernel/db/db.server.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import * as jobs from '../../lib/kernel/jobs/jobs.server.ts';
import { system } from '../../lib/weddings/system.ts';
import * as recordings from '../../lib/recordings/recordings.server.ts';
import * as erase from './erase.server.ts';

let ours: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(() => acceptJobs());
beforeEach(async () => void (ours = await makeWedding()));
afterAll(jobs.stop);

/** Of a file that has just come in. */
async function upload() {
	const sound = join(import.meta.dirname, '../../testing/sounds/groet.aac');
	const incoming = join(await files.incomingDir(), randomUUID());
	await copyFile(sound, incoming);
	const details = { title: 'Late', moment: '', speaker: '', recordedOn: null, uploadKey: null };
	return recordings.add(ours.couple, { path: incoming, originalName: 'groet.aac' }, details);
}
async function lostFiles() {
	const known = new Set((await db.recording.findMany({ select: { id: true } })).map(({ id }) => id));
	return (await files.ids()).filter((id) => !known.has(id));
}

it('a wedding takes along the recording that was just being added, its file too', async () => {
	const [lost, goOn] = [await lostFiles(), await stopAtAudit()];
	const uploading = upload().catch((error) => error);
	await untilWaiting(1);
	const erasing = erase.wedding(system(ours.weddingId));
	await untilWaiting(2);
	await goOn();
	await uploading;
	expect(await erasing).toMatchObject({ recordings: 1 });
	expect(await lostFiles()).toEqual(lost);
});

it('a wedding takes no recording any more once it is being erased, which leaves no file', async () => {
	const [lost, goOn] = [await lostFiles(), await stopAtAudit()];
	const erasing = erase.wedding(system(ours.weddingId));
	await untilWaiting(1);
	const uploading = upload().catch((error) => error);
	await untilWaiting(2);
	await goOn();
	expect(await erasing).toMatchObject({ recordings: 0 });
	expect(await uploading).toMatchObject({ status: 410, code: 'gone' });
	expect(await lostFiles()).toEqual(lost);
});

it('a wedding is gone for whoever erases it at the same moment', async () => {
	const erasing = [1, 2].map(() => erase.wedding(system(ours.weddingId)));
	const outcomes = await Promise.allSettled(erasing);
	expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	const refused = outcomes.find((outcome) => outcome.status === 'rejected')!;
	expect(refused.reason).toMatchObject({ status: 404, code: 'gone' });
});
