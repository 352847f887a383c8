import { redirect } from '@sveltejs/kit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../../testing/receiver.ts';
import { db, rows } from '../../lib/kernel/db/db.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import * as traces from './traces.server.ts';

let collector: Receiver;
const asked = { id: '7d70ab12', method: 'GET', route: '/recordings/[id=uuid]' };

beforeAll(async () => {
	collector = await startReceiver();
	settings.OTEL_EXPORTER_OTLP_ENDPOINT = `${collector.url}/otlp/`;
	settings.OTEL_EXPORTER_OTLP_HEADERS = 'authorization=Bearer%20abc, x-team=weddings';
	traces.begin();
	// without its clock: what is sent is sent by the tests
	await traces.end();
});
beforeEach(() => void (collector.received.length = 0));
afterAll(() => collector.stop());

type Pair = { key: string; value: { stringValue?: string; intValue?: string } };
type Sent = {
	traceId: string;
	spanId: string;
	parentSpanId?: string;
	name: string;
	kind: number;
	startTimeUnixNano: string;
	endTimeUnixNano: string;
	attributes: Pair[];
	status: { code: number };
};

/** The spans that have been sent by then, and of each what it says. */
async function sent(): Promise<(Sent & { says: Record<string, string | undefined> })[]> {
	await traces.end();
	return collector.received
		.flatMap(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans as Sent[])
		.map((span) => ({ ...span, says: said(span.attributes) }));
}
const said = (pairs: Pair[]) =>
	Object.fromEntries(pairs.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

const ok = async () => new Response('ok');

describe('a request', () => {
	it('is a span with its queries inside, alone and in a transaction', async () => {
		await traces.request(asked, async () => {
			await rows('wedding-at', 'SELECT 1 AS one', []);
			await db.$transaction((tx) => tx.wedding.findFirst({ where: { names: 'Riet Jansen' } }));
			return ok();
		});
		const [root, ...queries] = (await sent()).reverse();
		expect(root).toMatchObject({ name: 'GET /recordings/[id=uuid]', kind: 2, status: { code: 0 } });
		expect(root!.parentSpanId).toBeUndefined();
		expect(root!.says).toEqual({
			'http.request.method': 'GET',
			'http.route': '/recordings/[id=uuid]',
			'http.response.status_code': '200',
			'vowtape.request_id': '7d70ab12'
		});
		const names = queries.map(({ name }) => name).reverse();
		expect(names).toEqual(['wedding-at', 'BEGIN', 'SELECT wedding', 'COMMIT']);
		for (const { traceId, parentSpanId, kind, startTimeUnixNano, endTimeUnixNano } of queries) {
			expect([traceId, parentSpanId, kind]).toEqual([root!.traceId, root!.spanId, 3]);
			expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(root!.startTimeUnixNano));
			expect(BigInt(endTimeUnixNano)).toBeLessThanOrEqual(BigInt(root!.endTimeUnixNano));
		}
		expect(collector.received.map(({ body }) => body).join()).not.toContain('Riet');
	});

	it('goes to the collector with the headers that it wants', async () => {
		await traces.request(asked, ok);
		await sent();
		expect(collector.received).toMatchObject([
			{
				path: '/otlp/v1/traces',
				headers: { authorization: 'Bearer abc', 'x-team': 'weddings', 'content-type': 'application/json' }
			}
		]);
		const { resource } = JSON.parse(collector.received[0]!.body).resourceSpans[0];
		expect(said(resource.attributes)).toMatchObject({
			'service.name': 'vowtape',
			'server.address': 'localhost:3000'
		});
	});

	it('belongs to the trace of the proxy, unless that keeps none', async () => {
		const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
		await traces.request({ ...asked, traceparent: `00-${traceId}-${spanId}-01` }, ok);
		await traces.request({ ...asked, traceparent: `00-${traceId}-${spanId}-00` }, ok);
		await traces.request({ ...asked, traceparent: 'nonsense' }, ok);
		const spans = await sent();
		expect(spans).toHaveLength(2);
		expect(spans[0]).toMatchObject({ traceId, parentSpanId: spanId });
		expect(spans[1]!.traceId).not.toBe(traceId);
	});

	it('says how it ended: with a redirect, an error, a query that failed', async () => {
		const leave = traces.request(asked, async () => redirect(303, '/login'));
		await expect(leave).rejects.toMatchObject({ status: 303 });
		const broken = traces.request(asked, async () => {
			await rows('no-such', 'SELECT * FROM nowhere', []);
			return ok();
		});
		await expect(broken).rejects.toThrow('nowhere');
		const spans = await sent();
		expect(
			spans.map(({ name, status, says }) => [name, status.code, says['http.response.status_code']])
		).toEqual([
			['GET /recordings/[id=uuid]', 0, '303'],
			['no-such', 2, undefined],
			['GET /recordings/[id=uuid]', 2, '500']
		]);
	});
});

it('what asks outside of a request is nobody’s span', async () => {
	await rows('wedding-at', 'SELECT 1 AS one', []);
	expect(await sent()).toEqual([]);
});

it('a collector that refuses or is away costs the traces and nothing else', async () => {
	collector.answer(500);
	await traces.request(asked, ok);
	await sent();
	await collector.stop();
	await traces.request(asked, ok);
	await traces.end();
	expect(collector.received).toHaveLength(1);
});
