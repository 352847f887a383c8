/*
 * How long backups and restores of recordings take: the first backup beside `cp -r`, one of which nothing has changed
 * beside a look at each file, a restore beside `sha256sum` of what it compares. Once each, for they take minutes.
 *
 *   node bench/backup.ts [GB of recordings, 1 unless it is said; needs four times as much disk]
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type pg from 'pg';
import { migrate } from '../src/cli/migrate.ts';
import { list } from '../src/cli/migrations.ts';
import { settings } from '../src/lib/kernel/settings.server.ts';
import { backUp } from '../src/operate/backup/backup.server.ts';
import { open } from '../src/operate/backup/folder-store.server.ts';
import { restore } from '../src/operate/backup/restore.server.ts';
import { sealing, unsealing } from '../src/operate/backup/seal.server.ts';
import { say } from './measure.ts';
import { connect, startDatabase } from '../src/testing/processes.ts';
import { fill } from './wedding.ts';

const FILE_BYTES = 50 * 2 ** 20;

const gigabytes = Number(process.argv[2] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'vowtape-bench-'));
const uploads = join(folder, 'uploads');
const database = await startDatabase(async (client) => {
	await fill(client);
	await addRecordings(client);
});

try {
	const identity = await generateX25519Identity();
	const seal = await sealing(await identityToRecipient(identity));
	const store = open(join(folder, 'backups'));
	const make = () => backUp({ store, seal, databaseUrl: database.url, version: 'bench' });

	settings.UPLOADS_DIR = uploads;
	const first = await seconds(make);
	const unchanged = await seconds(make);
	const looked = await seconds(() =>
		readdirSync(uploads).map((id) => statSync(join(uploads, id, 'original.wav')))
	);

	const admin = await connect(database.url);
	await admin.query('CREATE DATABASE lost TEMPLATE template0');
	await admin.end();
	settings.UPLOADS_DIR = join(folder, 'restored');
	const restored = await seconds(() =>
		restore({
			store,
			unseal: unsealing(identity),
			when: 'latest',
			overwrite: false,
			databaseUrl: database.url.replace('/vowtape?', '/lost?'),
			migrations: list(),
			migrate
		})
	);
	rmSync(settings.UPLOADS_DIR, { recursive: true });
	const summed = await seconds(() =>
		execFileSync('sh', ['-c', 'find "$0" -type f -exec sha256sum {} +', uploads], { maxBuffer: 1 << 26 })
	);
	const copied = await seconds(() => {
		cpSync(uploads, join(folder, 'copy'), { recursive: true });
		execFileSync('sync', ['-f', join(folder, 'copy')]);
	});

	const of = `of ${gigabytes} GB`;
	say({ bench: `first backup ${of}`, ours: first, bare: copied, unit: 's', beside: 'cp -r, synced' });
	say({
		...{
			bench: `backup ${of}, unchanged`,
			ours: unchanged * 1000,
			bare: looked * 1000,
			unit: 'ms',
			beside: 'stat of each file'
		},
		atMost: gigabytes * 3000
	});
	say({
		...{ bench: `restore ${of}`, ours: restored, bare: summed, unit: 's', beside: 'sha256sum' },
		atMost: gigabytes * 60
	});
} finally {
	await database.stop();
	rmSync(folder, { recursive: true, force: true });
}

async function seconds(work: () => unknown): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}

/** With their files and sums, as an hour after they were uploaded. */
async function addRecordings(client: pg.Client) {
	await client.query('DELETE FROM recording');
	for (let n = 0; n < (gigabytes * 2 ** 30) / FILE_BYTES; n++) {
		const noise = randomBytes(FILE_BYTES);
		const { rows } = await client.query(
			`INSERT INTO recording (wedding_id, title, position, original_name, format, mime_type, plays, bytes,
				duration_seconds, sha256)
			SELECT id, 'Recording', $1, 'speech.wav', 'wav', 'audio/wav', true, $2, 300, $3 FROM wedding RETURNING id`,
			[n, FILE_BYTES, createHash('sha256').update(noise).digest()]
		);
		mkdirSync(join(uploads, rows[0].id), { recursive: true });
		writeFileSync(join(uploads, rows[0].id, 'original.wav'), noise);
	}
}
