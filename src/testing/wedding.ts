import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { makeCode } from '../lib/kernel/token.ts';
import { CODE_LENGTH } from '../lib/people/household.ts';
import { encode, measure } from '../lib/kernel/media/sound.server.ts';
import { recognise } from '../lib/recordings/audio.server.ts';
import { connect, type Site, start } from './processes.ts';

type Household = { name: string; language: 'en' | 'nl'; guests: string[]; isInvited?: true };

/** Who is asked: a name with an @ has an address of that word, which other weddings do not have. */
const HOUSEHOLDS: Household[] = [
	{
		name: 'Family Jansen',
		language: 'nl',
		guests: ['Maria Jansen @maria', 'Jan Jansen', 'Sofie Jansen'],
		isInvited: true
	},
	{ name: 'Oma Riet & Opa Wim', language: 'nl', guests: ['Riet de Boer', 'Wim de Boer'] },
	{ name: 'Tante Cornelia', language: 'nl', guests: ['Cornelia van Dijk'] },
	{ name: 'Buurman Henk', language: 'nl', guests: ['Henk Mulder'] },
	{ name: 'Daniel Okafor', language: 'en', guests: ['Daniel Okafor @daniel', 'Priya Nair'] },
	{ name: 'Lucia & Paolo', language: 'en', guests: ['Lucia Ferri @lucia', 'Paolo Ferri'], isInvited: true },
	{ name: 'Sanne & Lotte', language: 'nl', guests: ['Sanne Bakker @sanne', 'Lotte Visser @lotte'] },
	{ name: 'Family Yılmaz', language: 'nl', guests: ['Elif Yılmaz @elif', 'Murat Yılmaz'], isInvited: true },
	{ name: 'Mei & Oliver', language: 'en', guests: ['Mei Chen @mei', 'Oliver Chen'] },
	{ name: 'Hugo Lindqvist', language: 'en', guests: ['Hugo Lindqvist @hugo'], isInvited: true }
];

/** In this order, and loved by Lucia and Paolo: files that real tools wrote, each a few seconds long. */
const RECORDINGS = [
	{ title: 'The toast', file: 'toast-cbr.mp3' },
	{ title: 'The waltz', file: 'waltz-stereo.ogg' },
	{ title: 'A greeting', file: 'groet-tiny-8k.mp3' },
	{ title: 'Behind a tractor', file: 'toast-voice.ogg' }
];

/** What one file of journeys has to itself. */
export type Wedding = {
	origin: string;
	/** of 'anna', who marries, and of her guests */
	emailOf: (word: string) => string;
	sql: pg.Client;
	/** ends what was started for it */
	stop: () => Promise<unknown>;
};

/** Where the sites of journeys keep their mail, all of them: nobody shares an address. */
export const mailbox = () => join(process.env.E2E_FOLDER!, 'data/mail');

/**
 * A site with a wedding of its own: the same people and recordings each time, with addresses of their own. As long as
 * a process answers for one host, that is one more process, beside a database of its own.
 */
export async function makeWedding(): Promise<Wedding> {
	const mark = makeCode(10).toLowerCase();
	const uploads = join(process.env.E2E_FOLDER!, mark);
	const { url, drop } = await copyDatabase(`wedding_${mark}`);
	const [sql, site] = await Promise.all([connect(url), startSite(url, uploads)]);
	const emailOf = (word: string) => `${word}-${mark}@example.org`;
	await fill(sql, uploads, emailOf);
	return {
		...{ origin: site.url, emailOf, sql },
		stop: async () => {
			await Promise.all([sql.end(), site.stop()]);
			await drop();
		}
	};
}

async function copyDatabase(name: string) {
	const template = process.env.E2E_DATABASE!;
	const admin = await connect(template.replace('/vowtape?', '/postgres?'));
	await admin.query(`CREATE DATABASE ${name} TEMPLATE vowtape`);
	await admin.end();
	return {
		url: template.replace('/vowtape?', `/${name}?`),
		async drop() {
			const admin = await connect(template.replace('/vowtape?', '/postgres?'));
			await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
			await admin.end();
		}
	};
}

function startSite(url: string, uploads: string): Promise<Site> {
	return start(['--max-semi-space-size=16', 'src/cli/run.js', '../server'], '/health/live', {
		LOCAL: '1',
		HOST: '127.0.0.1',
		DATABASE_URL: url,
		DATA_DIR: join(process.env.E2E_FOLDER!, 'data'),
		UPLOADS_DIR: uploads,
		LOGIN_LIMIT_ADDRESS: '10000',
		LOGIN_LIMIT_NETWORK: '10000',
		TZ: 'Pacific/Auckland',
		// an empty setting is one that is not set, whatever the shell says
		...{ MAILERSEND_API_TOKEN: '', UPLOAD_LIMIT: '', MAILERSEND_WEBHOOK_SECRET: 'signed' }
	});
}

async function fill(sql: pg.Client, uploads: string, emailOf: (word: string) => string): Promise<void> {
	const add = async (text: string, values: unknown[]) =>
		(await sql.query<{ id: string }>(text, values)).rows[0]!.id;
	const wedding = await add(
		`INSERT INTO wedding (names, place, held_on) VALUES ('Anna & Ben', 'Utrecht', '2066-06-12') RETURNING id`,
		[]
	);
	await sql.query(
		`WITH account AS (INSERT INTO account (email, name) VALUES ($2, 'Anna') RETURNING id)
		INSERT INTO member (wedding_id, account_id, role) SELECT $1, id, 'couple' FROM account`,
		[wedding, emailOf('anna')]
	);
	for (const { name, language, guests, isInvited } of HOUSEHOLDS) {
		const household = await add(
			`INSERT INTO household (wedding_id, name, language, code, invited_at)
			VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN now() - interval '9 days' END) RETURNING id`,
			[wedding, name, language, makeCode(CODE_LENGTH), isInvited ?? false]
		);
		const names = guests.map((guest) => guest.split(' @')[0]);
		const emails = guests.map((guest) => guest.split(' @')[1]).map((word) => word && emailOf(word));
		await sql.query(
			`INSERT INTO guest (wedding_id, household_id, name, email, position)
			SELECT $1, $2, name, email, place - 1
			FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS list (name, email, place)`,
			[wedding, household, names, emails]
		);
	}
	for (const [index, { title, file }] of RECORDINGS.entries()) {
		const path = join(import.meta.dirname, 'sounds', file);
		const { copy, format, mimeType, plays, seconds, peaks } = await prepared(path, file);
		const sizes = [(await stat(path)).size, (await stat(copy)).size];
		const id = await add(
			`INSERT INTO recording (wedding_id, title, position, original_name, format, mime_type, plays, duration_seconds,
				peaks, state, progress, bytes, playback_bytes)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'ready', 1, $10, $11) RETURNING id`,
			[wedding, title, index + 1, file, format, mimeType, plays, seconds, peaks, ...sizes]
		);
		await mkdir(join(uploads, id), { recursive: true });
		await copyFile(path, join(uploads, id, `original.${format}`));
		await copyFile(copy, join(uploads, id, 'playback.m4a'));
	}
	await sql.query(
		`INSERT INTO score (recording_id, guest_id, wedding_id, stars)
		SELECT r.id, g.id, r.wedding_id, 3 + r.position % 3 FROM recording r, guest g
		WHERE r.wedding_id = $1 AND r.position < 4 AND g.name LIKE '% Ferri'`,
		[wedding]
	);
}

/** As the jobs would make them, once for all weddings of a run. */
async function prepared(path: string, file: string) {
	const copy = join(process.env.E2E_FOLDER!, `${file}.m4a`);
	const told = `${copy}.json`;
	if (!existsSync(told)) {
		const found = { ...(await recognise(path)), ...(await measure(path)) };
		const fresh = `${copy}.${process.pid}`;
		await encode(path, fresh, { loudness: found.loudness, channels: 2 });
		await rename(fresh, copy);
		const peaks = Buffer.from(found.peaks).toString('base64');
		await writeFile(`${told}.${process.pid}`, JSON.stringify({ ...found, peaks }));
		await rename(`${told}.${process.pid}`, told);
	}
	const found = JSON.parse(await readFile(told, 'utf8')) as Prepared;
	return { ...found, copy, peaks: Buffer.from(found.peaks, 'base64') };
}

type Prepared = { format: string; mimeType: string; plays: boolean; seconds: number; peaks: string };
