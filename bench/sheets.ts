/*
 * A guest list of 5,000 rows: how long it takes until its difference is shown, and until it is stored; then 50,000 guests
 * as a table: when its first byte comes, and how much more memory the site takes meanwhile; then what files cost that are
 * as large as a guest list gets, or are none. Prints one JSON line per target.
 *
 *   node bench/sheets.ts
 */
import { readFileSync } from 'node:fs';
import { writeXlsx } from 'hucre/xlsx';
import { connect, memory as memoryOf, startDatabase, startSite } from '../src/testing/processes.ts';
import { zip } from '../src/testing/zip.ts';
import { say } from './measure.ts';
import { signInCouple } from './wedding.ts';

const SECRET = 'anna';
const GUESTS = 50_000;
const database = await startDatabase(async (client) => {
	await client.query(
		`INSERT INTO wedding (names, held_on, place) VALUES ('Anna & Ben', '2027-06-12', 'Utrecht')`
	);
	await signInCouple(client, SECRET);
});
const site = await startSite({ DATABASE_URL: database.url, DATA_KEY: '00'.repeat(32) });
const headers = { cookie: `session=${SECRET}`, origin: site.url };

/** In megabytes, of the site's own process and of one that reads a file for it. */
function memory(): number {
	const children = readFileSync(`/proc/${site.pid}/task/${site.pid}/children`, 'utf8').split(' ').map(Number);
	const sizes = children.filter(Boolean).map((id) => {
		try {
			return memoryOf(id);
		} catch {
			return 0; // it has ended meanwhile
		}
	});
	return memoryOf(site.pid) + sizes.reduce((sum, size) => sum + size, 0);
}

async function measure<Result>(act: () => Promise<Result>): Promise<[Result, ms: number, mostMb: number]> {
	const idle = memory();
	let most = idle;
	const timer = setInterval(() => (most = Math.max(most, memory())), 20);
	const began = performance.now();
	const result = await act().finally(() => clearInterval(timer));
	return [result, performance.now() - began, most - idle];
}

async function ask(path: string, body?: FormData | URLSearchParams): Promise<Response> {
	const response = await fetch(site.url + path, {
		method: body ? 'POST' : 'GET',
		body,
		headers,
		redirect: 'manual'
	});
	if (response.status >= 400 && response.status !== 415)
		throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
	return response;
}

try {
	await ask('/couple/guests/import').then((page) => page.text());
	const rows = Array.from({ length: 5000 }, (_, n) =>
		[`Family ${n >> 1}`, `Guest ${n}`, `guest-${n}@example.org`, '06 1234 5678', 'Street 1', 'Work'].join(';')
	);
	const form = new FormData();
	const text = ['Household;Name;Email;Phone;Address;Group', ...rows].join('\r\n');
	form.set('file', new File([text], 'guests.csv', { type: 'text/csv' }));
	const [page, shown, shownMb] = await measure(async () => {
		const uploaded = await ask('/api/upload/sheet', form);
		const path = uploaded.headers.get('location')!;
		return { path, html: await ask(path).then((answer) => answer.text()) };
	});
	say({ bench: 'the difference of 5,000 rows', ours: shown, memoryMb: shownMb, unit: 'ms', atMost: 5000 });
	const version = /name="version" value="([^"]+)"/.exec(page.html)![1]!;
	const [, stored] = await measure(() => ask(`${page.path}?/confirm`, new URLSearchParams({ version })));
	say({ bench: 'storing them', ours: stored, unit: 'ms', atMost: 5000 });

	for (const [name, bytes] of Object.entries(await makeFiles())) {
		const upload = new FormData();
		upload.set('file', new File([new Uint8Array(bytes)], 'guests.xlsx'));
		const [{ status }, ms, mb] = await measure(() => ask('/api/upload/sheet', upload));
		say({
			bench: `${name}, memory meanwhile`,
			ours: mb,
			status,
			ms,
			kB: bytes.length / 1000,
			unit: 'MB',
			atMost: 150
		});
	}

	const client = await connect(database.url);
	await client.query(
		`WITH home AS (
			INSERT INTO household (wedding_id, name, language, code)
			SELECT w.id, 'Home ' || n, 'en', 'bench' || n FROM wedding w, generate_series(1, $1::int / 5) n RETURNING id, wedding_id
		) INSERT INTO guest (wedding_id, household_id, name, email, position)
		SELECT wedding_id, id, 'Guest ' || n, id::text || n || '@example.org', n FROM home, generate_series(1, 5) n`,
		[GUESTS - 5000]
	);
	await client.end();
	for (const as of ['csv', 'xlsx']) {
		let first = 0;
		const began = performance.now();
		const [bytes, whole, mb] = await measure(async () => {
			const { body } = await ask(`/couple/guests/export/file?sheet=guests&as=${as}`);
			let bytes = 0;
			for await (const block of body!) {
				first ||= performance.now() - began;
				bytes += block.length;
			}
			return bytes;
		});
		say({ bench: `50,000 guests as ${as}, first byte`, ours: first, whole, unit: 'ms', atMost: 300 });
		say({ bench: 'memory meanwhile', ours: mb, kB: bytes / 1000, unit: 'MB', atMost: 100 });
	}
} finally {
	await site.stop();
	await database.stop();
}

/** As large as is taken in, and more than that. */
async function makeFiles(): Promise<Record<string, Uint8Array>> {
	const row = (n: number) => [
		...[`Family ${n >> 1}`, `Guest ${n}`, `guest-${n}@example.org`, 31612345678 + n, n % 5 ? 'no' : 'yes'],
		...[new Date(Date.UTC(1961, 2, 4 + n)), n % 7 ? '' : `no nuts, ${n}`, 'en']
	];
	const head = ['Household', 'Name', 'Email', 'Phone', 'Child', 'Born', 'Diet', 'Language'];
	const make = (rows: unknown[][]) => writeXlsx({ sheets: [{ name: 'Guests', rows: rows as never }] });
	const list = (count: number) => [head, ...Array.from({ length: count }, (_, n) => row(n))];
	const asText = list(90_000)
		.map((cells) => cells.slice(0, 4).join(';'))
		.join('\n');
	return {
		'a workbook of 9,000 rows': await make(list(9000)),
		'one of 100,000 rows': await make(list(100_000)),
		'a text of 90,000 rows': new TextEncoder().encode(asText),
		'one of 0.6 MB that unpacks to 0.6 GB': zip('xl/workbook.xml', Buffer.alloc(600 * 2 ** 20))
	};
}
