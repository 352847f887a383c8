/*
 * Many requests over a few connections that stay open, each sending its next one when the last is answered.
 * In a process of its own, so that it does not wait for whoever measures.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** A POST when it has a body; `status` is that of its answer, if it is another than the load's. */
export type Request = { path: string; headers: Record<string, string>; body?: string; status?: number };

export type Load = {
	/** of the server: http, a host and a port */
	url: string;
	connections: number;
	/** sent in this order, from the start again after the last … */
	requests: Request[];
	/** … until there were this many; default: each once */
	amount?: number;
	/** the status of every answer that is no failure */
	status: number;
	/** at this pace, whether or not earlier answers are there; default: as fast as they are answered */
	pace?: number;
	/** each connection has its own share of them, so that none is sent again before its last answer is there */
	isShared?: boolean;
};

export type Outcome = { perSecond: number; p95: number; failures: number };

export async function fire(load: Load): Promise<Outcome> {
	const child = fork(import.meta.filename);
	child.send(load);
	const [outcome] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
	if (typeof outcome !== 'object' || !outcome) throw new Error(`the load ended with ${outcome}`);
	return outcome as Outcome;
}

if (import.meta.main) process.once('message', (load) => void run(load as Load));

async function run({ url, connections, requests, amount = requests.length, status, pace, isShared }: Load) {
	const { host, hostname, port } = new URL(url);
	const texts = requests.map((request) => Buffer.from(write(host, request)));
	const times: number[] = [];
	let sent = 0;
	let failures = 0;

	const start = performance.now();
	const drive = (_: unknown, own: number) =>
		new Promise<void>((done) => {
			const socket = connect({ host: hostname, port: Number(port), noDelay: true });
			let number = own - connections;
			let began = 0;
			let expected = status;
			let answer: Buffer[] = [];
			const next = () => {
				number = isShared ? number + connections : sent++;
				if (number >= amount) return done(void socket.destroy());
				const place = number % texts.length;
				// who comes late has waited since their time
				const now = performance.now();
				began = pace ? start + (number * 1000) / pace : now;
				expected = requests[place]!.status ?? status;
				answer = [];
				if (began <= now) socket.write(texts[place]!);
				else setTimeout(() => socket.write(texts[place]!), began - now);
			};
			socket.on('connect', next).on('data', (data) => {
				answer.push(data);
				const whole = answer.length === 1 ? data : Buffer.concat(answer);
				if (!isWhole(whole)) return;
				times.push(performance.now() - began);
				if (whole.toString('latin1', 9, 12) !== String(expected)) failures++;
				next();
			});
			socket.on('error', () => failures++).on('close', () => done());
		});
	await Promise.all(Array.from({ length: connections }, drive));
	const seconds = (performance.now() - start) / 1000;
	times.sort((a, b) => a - b);
	process.send!({ perSecond: times.length / seconds, p95: times[Math.floor(times.length * 0.95)], failures });
	process.disconnect();
}

function write(host: string, { path, headers, body }: Request): string {
	const method = body === undefined ? 'GET' : 'POST';
	const length = body !== undefined && { 'content-length': Buffer.byteLength(body) };
	const lines = Object.entries({ host, ...headers, ...length });
	return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body ?? ''}`;
}

/** With a length, or in chunks of which the last is empty. */
function isWhole(answer: Buffer): boolean {
	const head = answer.indexOf('\r\n\r\n');
	if (head < 0) return false;
	const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer.toString('latin1', 0, head)) ?? [];
	if (length) return answer.length >= head + 4 + Number(length);
	return answer.subarray(-5).toString('latin1') === '0\r\n\r\n';
}
