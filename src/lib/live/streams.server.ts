import * as sessions from '../auth/sessions.server.ts';
import { all, type Topic } from '../kernel/domain.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { Problem } from '../kernel/problem.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { CHANNEL, type Notice } from './announce.server.ts';

/** As many pages of one person are kept up to date by one process; each is a connection. */
const MOST = 3;
const HEARTBEAT = 20_000;
/** Whoever has been signed out or removed hears nothing any more after as long. */
const CHECK = 2000;
/** Messages that somebody has not taken off their line: they will ask again. */
const MOST_WAITING = 50;

type Stream = {
	viewer: Viewer;
	person: string;
	topics: [name: string, topic: Topic][];
	controller: ReadableStreamDefaultController<Uint8Array>;
};

const streams = new Set<Stream>();
let listening: ReturnType<typeof jobs.listen> | undefined;
let timers: NodeJS.Timeout[] = [];

/**
 * Server-sent events: `event: <topic>` with its version, at first and whenever it has changed, of what the viewer may
 * see. After a lost connection the version at first says whether something was missed. Throws 429 for one stream too many.
 */
export async function open(viewer: Viewer): Promise<ReadableStream<Uint8Array>> {
	permit(viewer, 'live:listen');
	const person = viewer.accountId ?? viewer.guestId ?? viewer.householdId ?? '';
	if ([...streams].filter((one) => one.person === person).length >= MOST) throw new Problem(429, 'live_many');
	begin();
	const topics = all()
		.flatMap((domain) => Object.entries(domain.topics ?? {}))
		.filter(([, { right }]) => may(viewer, right));
	let stream: Stream;
	return new ReadableStream<Uint8Array>({
		start(controller) {
			stream = { viewer, person, topics, controller };
			streams.add(stream);
			// the browser knows with the first bytes that it is connected
			write(stream, 'retry: 2000\n\n');
			for (const [name] of topics) void tell(name, [stream]);
		},
		cancel: () => close(stream)
	});
}

/** Ends all streams at once: their browsers ask again, and whoever is there answers. */
export async function stop(): Promise<void> {
	for (const timer of timers) clearInterval(timer);
	timers = [];
	for (const stream of streams) close(stream);
	const closed = listening?.then((listener) => listener?.close());
	listening = undefined;
	// one that still waits for Postgres is not waited for
	await Promise.race([closed, new Promise((wake) => setTimeout(wake, 1000).unref())]);
}

function begin(): void {
	if (listening) return;
	listening = jobs.listen(CHANNEL, hear, catchUp);
	listening.catch((error) => {
		log.warn({ error: String(error) }, 'live: not listening');
		listening = undefined;
	});
	const beat = () => streams.forEach((stream) => write(stream, ':\n\n'));
	timers = [setInterval(beat, HEARTBEAT), setInterval(() => void closeEnded(), CHECK)];
	for (const timer of timers) timer.unref();
}

function hear(payload: string): void {
	const { weddingId, topic } = JSON.parse(payload) as Notice;
	const concerned = [...streams].filter((one) => one.viewer.weddingId === weddingId);
	void tell(
		topic,
		concerned.filter(({ topics }) => topics.some(([name]) => name === topic))
	);
}

/** Something may have been missed: everybody is told how it stands. */
function catchUp(): void {
	for (const [name, same] of Map.groupBy(
		listTold(),
		([topic, stream]) => `${topic} ${stream.viewer.weddingId}`
	))
		void tell(
			name.split(' ')[0]!,
			same.map(([, stream]) => stream)
		);
}

const listTold = () => [...streams].flatMap((one) => one.topics.map(([name]) => [name, one] as const));

/** The version is that of the wedding, so one question is enough for all of them. */
async function tell(name: string, concerned: Stream[]): Promise<void> {
	const [first] = concerned;
	const topic = first?.topics.find(([own]) => own === name)?.[1];
	if (!first || !topic) return;
	try {
		const version = await topic.version(first.viewer);
		for (const stream of concerned) write(stream, `event: ${name}\nid: ${version}\ndata: ${version}\n\n`);
	} catch (error) {
		// they ask again, and hear how it stands then
		log.warn({ error: String(error) }, 'live: not told');
		for (const stream of concerned) close(stream);
	}
}

async function closeEnded(): Promise<void> {
	// whoever begins to listen meanwhile is not among those who are asked about
	const asked = [...streams];
	if (asked.length === 0) return;
	const ids = asked.flatMap(({ viewer }) => viewer.sessionId ?? []);
	const alive = await sessions.findAlive(ids).catch(() => undefined);
	if (!alive) return;
	for (const stream of asked)
		if (alive.get(stream.viewer.sessionId ?? '') !== stream.viewer.role) close(stream);
}

const encoder = new TextEncoder();

function write(stream: Stream, text: string): void {
	const { controller } = stream;
	if (!streams.has(stream)) return;
	if ((controller.desiredSize ?? 0) < -MOST_WAITING) return close(stream);
	controller.enqueue(encoder.encode(text));
}

function close(stream: Stream): void {
	if (!streams.delete(stream)) return;
	try {
		stream.controller.close();
	} catch {
		// whoever listened has gone
	}
}
