import manifest from '../../../package.json' with { type: 'json' };
import { MINUTE } from '../../lib/kernel/clock.ts';
import { log, mask } from '../../lib/kernel/log/log.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';

/*
 * Bugs for Sentry, or whatever speaks its language (GlitchTip, Bugsink): an envelope with one event, see
 * https://develop.sentry.dev/sdk/data-model/envelopes/. Its own packages weigh 18 MB and more.
 */

/** What was being done: a method and a route, or a queue; and for a request its id. Nothing of who asked. */
export type Place = { task: string; id?: string };

/** A page that is broken for everybody is told often enough by these. */
const MOST_A_MINUTE = 20;
const PATIENCE_MS = 5000;

let told = 0;
let silentUntil = 0;

/** Tells of a bug; never throws, and forgets what cannot be told. */
export async function report(error: unknown, place: Place): Promise<void> {
	if (Date.now() < silentUntil || told >= MOST_A_MINUTE) return;
	if (told++ === 0) setTimeout(() => (told = 0), MINUTE * 1000).unref();
	try {
		const { address, auth } = receiver(settings.SENTRY_DSN!);
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': auth },
			body: envelope(error, place),
			signal: AbortSignal.timeout(PATIENCE_MS)
		});
		await response.body?.cancel();
		if (response.status === 429) silentUntil = Date.now() + seconds(response) * 1000;
		if (!response.ok) log.warn({ status: response.status }, 'bug not taken by Sentry');
	} catch (failure) {
		log.warn({ error: String(failure) }, 'Sentry not reached');
	}
}

const seconds = (response: Response) => Number(response.headers.get('retry-after')) || MINUTE;

/** `https://KEY@host/path/PROJECT` */
function receiver(dsn: string): { address: string; auth: string } {
	const { origin, username, pathname } = new URL(dsn);
	const [, path = '', project = ''] = /^(.*)\/(\d+)$/.exec(pathname) ?? [];
	const client = `vowtape/${manifest.version}`;
	return {
		address: `${origin}${path}/api/${project}/envelope/`,
		auth: `Sentry sentry_version=7, sentry_client=${client}, sentry_key=${username}`
	};
}

function envelope(error: unknown, { task, id }: Place): string {
	const eventId = crypto.randomUUID().replaceAll('-', '');
	const event = {
		event_id: eventId,
		timestamp: Date.now() / 1000,
		platform: 'node',
		level: 'error',
		release: `vowtape@${settings.REVISION ?? manifest.version}`,
		server_name: new URL(settings.ORIGIN).host,
		transaction: task,
		tags: id ? { request_id: id } : {},
		exception: { values: causes(error).map(exception) }
	};
	const parts = [{ event_id: eventId, sent_at: new Date().toISOString() }, { type: 'event' }, event];
	return parts.map((part) => `${mask(JSON.stringify(part))}\n`).join('');
}

/** The error and what it was caused by, the first cause first, as Sentry wants them. */
function causes(error: unknown): unknown[] {
	const chain = [error];
	while (chain.length < 5 && chain[0] instanceof Error && chain[0].cause) chain.unshift(chain[0].cause);
	return chain;
}

function exception(error: unknown) {
	if (!(error instanceof Error)) return { type: typeof error, value: '' };
	const { code } = error as { code?: unknown };
	const type = code ? `${error.name} ${String(code)}` : error.name;
	return { type, value: harmless(error.message), stacktrace: { frames: frames(error.stack ?? '') } };
}

/** The first line, without what is quoted: further lines of Prisma's, and Postgres's quotes, are what people typed. */
function harmless(message: string): string {
	const [line = ''] = message.trim().split('\n');
	return line.replace(/"[^"]*("|$)/g, '"…"').slice(0, 300);
}

/** The lines of V8's stack, the innermost last. */
function frames(stack: string) {
	const lines = stack.matchAll(/^ +at (?:(.+?) \()?(?:file:\/\/)?([^()\n]+?):(\d+):(\d+)\)?$/gm);
	return [...lines].reverse().map(([, name = '?', path = '', line, column]) => ({
		function: name,
		filename: path.split('node_modules/').at(-1)!.replace(`${process.cwd()}/`, ''),
		lineno: Number(line),
		colno: Number(column),
		in_app: !/^node:|node_modules/.test(path)
	}));
}
