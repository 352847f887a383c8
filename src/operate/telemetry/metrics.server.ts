import type { Gauge, Histogram, Registry } from 'prom-client';
import manifest from '../../../package.json' with { type: 'json' };
import { settings } from '../../lib/kernel/settings.server.ts';
import * as health from '../health/health.server.ts';
import * as numbers from './numbers.server.ts';

/** Seconds. A page takes milliseconds, a login link a few tens, an upload minutes. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 300];

const GAUGES = {
	build_info: ['Always 1, with the version and the commit', ['version', 'revision']],
	ready: ['1 when requests can be answered', []],
	degraded: ['1 when something behind the pages stands still: /health/ready says what', []],
	pool_connections: ['Connections to Postgres by state', ['state']],
	pool_connections_max: ['How many connections to Postgres there may be', []],
	pool_waiting: ['Queries that wait for a connection', []],
	jobs: ['Jobs that are not done yet, or have failed for good, by queue and state', ['queue', 'state']],
	job_oldest_seconds: ['For how long the oldest job that could be done has waited', ['queue']],
	mails: ['Mails by state', ['state']],
	mail_oldest_seconds: ['For how long the oldest mail that is not sent yet has waited', []],
	recordings: ['Recordings', []],
	recording_bytes: ['What the recordings take as they were uploaded', []],
	wedding_bytes: ['What the files of a wedding take of its quota', ['wedding']],
	quota_bytes: ['How much they may take: UPLOAD_QUOTA; absent without one', []],
	backup_age_seconds: [
		'How long ago the hourly backup has succeeded, or been set up; absent without one',
		[]
	],
	disk_free_bytes: ['Free space where the recordings go', []]
} as const satisfies Record<string, [help: string, labels: string[]]>;

type Gauges = Record<keyof typeof GAUGES, Gauge>;

let requests: Histogram | undefined;
let registry: Registry | undefined;
let gauges: Gauges;

/** Counts from now on. Loaded only then: an install that nobody watches does without its memory. */
export async function begin(): Promise<void> {
	const client = await import('prom-client');
	registry = new client.Registry();
	client.collectDefaultMetrics({ register: registry });
	requests = new client.Histogram({
		name: 'vowtape_request_seconds',
		help: 'Requests by route and status, and how long each waited for the beginning of its answer',
		labelNames: ['route', 'status'],
		buckets: BUCKETS,
		registers: [registry]
	});
	const made = Object.entries(GAUGES).map(([name, [help, labelNames]]) => [
		name,
		new client.Gauge({ name: `vowtape_${name}`, help, labelNames, registers: [registry!] })
	]);
	gauges = Object.fromEntries(made);
}

/** Counts one request. By the route's id and not its path: there are few of them, and no token is in one. */
export function countRequest(route: string | null, status: number, seconds: number): void {
	requests?.observe({ route: route ?? 'none', status }, seconds);
}

/** Everything in the text format of Prometheus; without what the database knows while it is away. */
export async function render(): Promise<string> {
	forget();
	const [{ status }, freeBytes] = await Promise.all([health.check(), health.freeSpace()]);
	gauges.build_info.set({ version: manifest.version, revision: settings.REVISION ?? '' }, 1);
	gauges.ready.set(status === 'unready' ? 0 : 1);
	gauges.degraded.set(status === 'degraded' ? 1 : 0);
	if (freeBytes !== null) gauges.disk_free_bytes.set(freeBytes);
	countConnections();
	if (status !== 'unready') countWork(await numbers.read());
	return registry!.metrics();
}

/** What is not known now is not there; reset() would call it 0 where there are no labels. */
function forget() {
	for (const [name, [, labels]] of Object.entries(GAUGES)) {
		const gauge = gauges[name as keyof Gauges];
		if (labels.length > 0) gauge.reset();
		else gauge.remove();
	}
}

function countConnections() {
	const { idle, busy, waiting, most } = numbers.connections();
	gauges.pool_connections.set({ state: 'idle' }, idle);
	gauges.pool_connections.set({ state: 'busy' }, busy);
	gauges.pool_connections_max.set(most);
	gauges.pool_waiting.set(waiting);
}

function countWork(found: numbers.Numbers) {
	const { mails, mailOldest, queues, recordings, recordingBytes, weddings, backupAge } = found;
	for (const [state, count] of Object.entries(mails)) gauges.mails.set({ state }, count);
	gauges.mail_oldest_seconds.set(mailOldest);
	for (const { name: queue, oldest, ...counts } of queues) {
		gauges.job_oldest_seconds.set({ queue }, oldest);
		for (const [state, count] of Object.entries(counts)) gauges.jobs.set({ queue, state }, count);
	}
	gauges.recordings.set(recordings);
	gauges.recording_bytes.set(recordingBytes);
	for (const { wedding, bytes } of weddings) gauges.wedding_bytes.set({ wedding }, bytes);
	if (settings.UPLOAD_QUOTA) gauges.quota_bytes.set(settings.UPLOAD_QUOTA);
	if (backupAge !== null) gauges.backup_age_seconds.set(backupAge);
}
