import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Somebody in front of nginx: a browser's cookie, no more. */
export class Visitor {
	readonly #origin: string;
	readonly #ca: Buffer;
	readonly #kept: Agent;
	cookie = '';

	constructor(origin: string, certificate: string) {
		this.#origin = origin;
		this.#ca = readFileSync(certificate);
		this.#kept = new Agent({ keepAlive: true, maxSockets: 4 });
	}

	/** `isKept` goes over a connection that is already open, as a browser's second request does. */
	async ask(
		path: string,
		{ method = 'GET', headers = {}, body = '' as string | Buffer, isKept = false } = {}
	) {
		const { hostname, port } = new URL(this.#origin);
		const { promise, resolve, reject } = Promise.withResolvers<Answer>();
		const outgoing = request({
			...{ host: '127.0.0.1', port, servername: hostname, ca: this.#ca, path, method },
			agent: isKept && this.#kept,
			headers: {
				host: new URL(this.#origin).host,
				origin: this.#origin,
				accept: 'text/html',
				cookie: this.cookie,
				'content-length': Buffer.byteLength(body),
				...headers
			}
		});
		outgoing.on('error', reject).on('response', (response) => {
			const { statusCode: status = 0, headers } = response;
			buffer(response).then((body) => resolve({ status, headers, body }), reject);
		});
		outgoing.setTimeout(20_000, () => outgoing.destroy(new Error('no answer for 20 s'))).end(body);
		return promise;
	}

	/** By the address in a mail, as a person does: the page, then its button. */
	async logIn(link: string): Promise<void> {
		const { pathname } = new URL(link);
		const page = await this.ask(pathname);
		const { status, headers } = await this.ask(pathname, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' }
		});
		const [cookie] = headers['set-cookie'] ?? [];
		if (page.status !== 200 || status !== 303 || !cookie)
			throw new Error(`logging in: ${page.status}, ${status}`);
		this.cookie = cookie.split(';')[0]!;
	}

	/** Gives back the path of the new recording. */
	async upload(file: string, title: string): Promise<string> {
		const form = new FormData();
		form.set('file', new File([readFileSync(file)], 'toast.mp3'));
		form.set('title', title);
		const whole = new Response(form);
		const { status, body, headers } = await this.ask('/api/upload', {
			method: 'POST',
			headers: { 'content-type': whole.headers.get('content-type')!, accept: 'application/json' },
			body: Buffer.from(await whole.arrayBuffer())
		});
		if (status !== 201) throw new Error(`uploading: ${status} ${body}`);
		return headers.location!;
	}

	/** The SHA-256 of a recording as it was uploaded. */
	async fingerprint(path: string): Promise<string> {
		const { status, body } = await this.ask(`${path}/audio?original=1`);
		if (status !== 200) throw new Error(`listening: ${status}`);
		return createHash('sha256').update(body).digest('hex');
	}

	end(): void {
		this.#kept.destroy();
	}
}

export type Load = { asked: number; failures: string[] };

/** Asks for `paths` in turn, `perSecond` times, until it is told to stop; half over kept connections, half over new ones. */
export function load(visitor: Visitor, paths: string[], perSecond: number): () => Promise<Load> {
	const failures: string[] = [];
	const open: Promise<void>[] = [];
	let isStopped = false;
	async function one(turn: number) {
		const path = paths[turn % paths.length]!;
		try {
			const { status } = await visitor.ask(path, { isKept: turn % 4 < 2 });
			if (status !== 200) failures.push(`${path}: ${status}`);
		} catch (error) {
			failures.push(`${path}: ${(error as Error).message}`);
		}
	}
	const running = (async () => {
		const start = performance.now();
		for (let turn = 0; !isStopped; turn++) {
			open.push(one(turn));
			await sleep(Math.max(0, start + ((turn + 1) * 1000) / perSecond - performance.now()));
		}
	})();
	return async () => {
		isStopped = true;
		await running;
		await Promise.all(open);
		return { asked: open.length, failures };
	};
}
