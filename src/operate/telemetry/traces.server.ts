import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { isRedirect } from '@sveltejs/kit';
import { pool } from '../../lib/kernel/db/db.server.ts';
import { type Attributes, send, type Span } from './otlp.server.ts';

/** A request, by what may be told of it: its route has no token and no id, its address may. */
export type Asked = { id: string; method: string; route: string | null; traceparent?: string | null };

const EVERY_MS = 5000;
/** Between two sendings; what comes beyond is not kept. */
const MOST_SPANS = 5000;
const SERVER = 2;
const CLIENT = 3;

const current = new AsyncLocalStorage<Span>();
let ended: Span[] = [];
let timer: NodeJS.Timeout | undefined;

/** From now on each query of a request is a span, and what has gathered is sent every five seconds. */
export function begin(): void {
	timer = setInterval(() => void flush(), EVERY_MS).unref();
	pool.query = traced(pool.query.bind(pool)) as typeof pool.query;
	// those of a transaction, which has a connection to itself
	pool.on('connect', (client) => {
		client.query = traced(client.query.bind(client)) as typeof client.query;
	});
}

export async function end(): Promise<void> {
	clearInterval(timer);
	await flush();
}

async function flush(): Promise<void> {
	const spans = ended;
	ended = [];
	if (spans.length > 0) await send(spans);
}

/** Answers a request inside of a span, which belongs to the trace that the proxy began, if it says so. */
export function request({ id, method, route, traceparent }: Asked, answer: () => Promise<Response>) {
	const [, traceId, parentId, flags] =
		/^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(traceparent ?? '') ?? [];
	if (flags && (parseInt(flags, 16) & 1) === 0) return answer();
	const asked = { 'http.request.method': method, 'http.route': route ?? 'none', 'vowtape.request_id': id };
	const span = open(`${method} ${route ?? 'none'}`, SERVER, asked, { traceId, spanId: parentId });
	return current.run(span, async () => {
		let status = 500;
		try {
			const response = await answer();
			status = response.status;
			return response;
		} catch (error) {
			if (isRedirect(error)) status = error.status;
			throw error;
		} finally {
			span.attributes['http.response.status_code'] = status;
			close(span, status >= 500);
		}
	});
}

type Ask = (...args: unknown[]) => unknown;

/** Those that answer by a callback are inside of another that does not. */
function traced(ask: Ask): Ask {
	return (...args) => {
		const parent = current.getStore();
		if (!parent || typeof args.at(-1) === 'function') return ask(...args);
		const name = summary(args[0] as string | pg.QueryConfig);
		const span = open(name, CLIENT, { 'db.system.name': 'postgresql', 'db.query.summary': name }, parent);
		const answer = ask(...args);
		// what is no promise is a stream, and ends in its own time
		if (!(answer instanceof Promise)) return answer;
		answer.then(
			() => close(span, false),
			() => close(span, true)
		);
		return answer;
	};
}

/** Of a query its name, or its first word and its first table: values could be in its text. */
function summary(query: string | pg.QueryConfig): string {
	if (typeof query !== 'string' && query.name && /^[a-z-]+$/.test(query.name)) return query.name;
	const text = typeof query === 'string' ? query : query.text;
	const [, table = ''] = /\b(?:FROM|INTO|UPDATE)\s+(?:"?\w+"?\.)?"?(\w+)/i.exec(text) ?? [];
	return `${/^\W*(\w+)/.exec(text)?.[1] ?? 'query'} ${table}`.trim();
}

function open(name: string, kind: number, attributes: Attributes, parent: Partial<Span>): Span {
	return {
		traceId: parent.traceId ?? randomBytes(16).toString('hex'),
		spanId: randomBytes(8).toString('hex'),
		parentSpanId: parent.spanId,
		startedAt: performance.timeOrigin + performance.now(),
		endedAt: 0,
		isFailed: false,
		...{ name, kind, attributes }
	};
}

function close(span: Span, isFailed: boolean) {
	span.endedAt = performance.timeOrigin + performance.now();
	span.isFailed = isFailed;
	if (ended.length < MOST_SPANS) ended.push(span);
}
