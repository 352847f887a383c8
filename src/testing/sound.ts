import { execFile } from 'node:child_process';
import { copyFile, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as files from '../lib/kernel/files/files.server.ts';
import { locate } from '../lib/kernel/media/programs.server.ts';
import * as recordings from '../lib/recordings/recordings.server.ts';
import * as processing from '../lib/recordings/processing.server.ts';
import type { Viewer } from '../lib/kernel/viewer.ts';

export const SOUNDS = join(import.meta.dirname, 'sounds');

/** One sound as another, with options of ffmpeg's. */
export async function convert(from: string, to: string, options: string[]): Promise<void> {
	const args = ['-nostdin', '-v', 'error', '-y', '-i', from, ...options, to];
	await promisify(execFile)(await locate('ffmpeg'), args);
}

/** A recording of one of the sounds, or of a file elsewhere, that waits to be processed. */
export async function addSound(viewer: Viewer, name: string, title = 'Toast'): Promise<string> {
	const path = join(await files.incomingDir(), crypto.randomUUID());
	await copyFile(resolve(SOUNDS, name), path);
	const details = { title, moment: '', speaker: '', recordedOn: null, uploadKey: null };
	try {
		return (await recordings.add(viewer, { path, originalName: basename(name) }, details)).id;
	} finally {
		await rm(path, { force: true });
	}
}

/** The same, ready to be heard. */
export async function addReady(viewer: Viewer, name: string, title?: string): Promise<string> {
	const id = await addSound(viewer, name, title);
	await processing.work(id);
	return id;
}
