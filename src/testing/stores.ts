import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type BucketServer, startBucketServer } from './bucket-server.ts';
import { bucketAt } from '../lib/kernel/files/bucket.server.ts';
import { settings } from '../lib/kernel/settings.server.ts';

export type TestStore = {
	kind: 'disk' | 'bucket';
	/** every file and key that there is, what is coming in too */
	names(): Promise<string[]>;
	/** the ranges that the bucket was asked for so far */
	asked(): string[];
	/** the bucket, to be taken away and brought back */
	server(): BucketServer | undefined;
};

/** The same tests for both ways of keeping recordings, each with an empty place of its own. */
export function eachStore(tests: (store: TestStore) => void): void {
	describe.each(['disk', 'bucket'] as const)('on a %s', (kind) => {
		const before = { ...settings };
		let server: BucketServer | undefined;
		const asked: string[] = [];

		beforeAll(async () => {
			settings.UPLOADS_DIR = await mkdtemp(join(tmpdir(), 'vowtape-store-'));
			if (kind === 'disk') return;
			server = await startBucketServer();
			Object.assign(settings, server.settings);
			server.watch(({ headers }) => headers.range && asked.push(headers.range));
		});
		afterAll(async () => {
			await rm(settings.UPLOADS_DIR, { recursive: true });
			await server?.stop();
			Object.assign(settings, before);
		});
		tests({ kind, names, asked: () => asked, server: () => server });
	});
}

async function names(): Promise<string[]> {
	const { UPLOADS_DIR, UPLOADS_TO } = settings;
	const found = await readdir(UPLOADS_DIR, { recursive: true, withFileTypes: true });
	const files = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
	const keys = UPLOADS_TO ? await Array.fromAsync(bucketAt(UPLOADS_TO).list(), ({ key }) => key) : [];
	return [...files.map((path) => relative(UPLOADS_DIR, path)), ...keys].sort();
}
