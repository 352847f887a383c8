import pg from 'pg';
import { Problem } from '../problem.ts';
import { directUrl } from '../settings.server.ts';

/*
 * Locks that outlast a transaction and count for all processes: Postgres holds them for one connection of this
 * process, so that they are free as soon as a process is dead. Whoever waits asks the holder to let go, in whatever
 * process that is.
 */

type Holder = { letGo: () => void; freed: Promise<void> };
type Waiting = { signal?: AbortSignal; letGo?: () => void; patienceSeconds?: number };

const held = new Map<string, Holder>();
let connected: Promise<pg.Client> | undefined;

const CHANNEL = 'lock_wanted';
const PAUSE_MS = 100;
const KEY = 'hashtextextended($1, 0)';

/**
 * Takes the lock `key` and gives back what frees it. `letGo` is called when somebody else wants it, and when the lock
 * was lost with its connection. Throws 503 when it is not free in time, or `signal` says that nobody wants it any more.
 */
export async function take(
	key: string,
	{ signal, letGo = () => {}, patienceSeconds = 20 }: Waiting = {}
): Promise<() => Promise<void>> {
	const until = performance.now() + patienceSeconds * 1000;
	const isOver = () => signal?.aborted || performance.now() > until;
	for (let holder; (holder = held.get(key)) && !isOver();) {
		holder.letGo();
		await Promise.race([holder.freed, pause()]);
	}
	if (held.has(key)) throw new Problem(503, 'busy', {}, { 'retry-after': '5' });
	const { promise: freed, resolve } = Promise.withResolvers<void>();
	held.set(key, { letGo, freed });
	const free = () => {
		held.delete(key);
		resolve();
	};
	try {
		const client = await connection();
		while (!(await say(client, `SELECT pg_try_advisory_lock(${KEY}) AS said`, [key]))) {
			if (isOver()) throw new Problem(503, 'busy', {}, { 'retry-after': '5' });
			await say(client, 'SELECT pg_notify($1, $2) AS said', [CHANNEL, key]);
			await pause();
		}
		return async () => {
			// one that is gone has let go already
			await say(client, `SELECT pg_advisory_unlock(${KEY}) AS said`, [key]).catch(() => {});
			free();
		};
	} catch (error) {
		free();
		throw error;
	}
}

let lastSaid: Promise<unknown> = Promise.resolve();

/** One after the other: a connection of pg is to be asked one thing at a time. */
function say(client: pg.Client, text: string, values: string[]): Promise<unknown> {
	const saying = lastSaid.then(async () => (await client.query(text, values)).rows[0].said);
	lastSaid = saying.catch(() => {});
	return saying;
}

function connection(): Promise<pg.Client> {
	connected ??= connect().catch((error) => {
		connected = undefined;
		throw error;
	});
	return connected;
}

async function connect(): Promise<pg.Client> {
	const client = new pg.Client({
		connectionString: directUrl(),
		application_name: 'vowtape locks',
		connectionTimeoutMillis: 3000,
		query_timeout: 4500
	});
	client.on('error', () => {});
	client.on('notification', ({ payload = '' }) => held.get(payload)?.letGo());
	client.on('end', () => {
		connected = undefined;
		for (const { letGo } of held.values()) letGo();
	});
	await client.connect();
	await client.query(`LISTEN ${CHANNEL}`);
	// a process that has nothing else to do may end
	(client as unknown as { unref(): void }).unref();
	return client;
}

function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
