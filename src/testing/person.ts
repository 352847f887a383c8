import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Somebody with a browser that keeps cookies, and whom a balancer sends to this process or that. */
export class Person {
	readonly #origin: string;
	readonly #address: string;
	readonly #cookies = new Map<string, string>();

	/** `address` is what the balancer says theirs is. */
	constructor(origin: string, address: string) {
		this.#origin = origin;
		this.#address = address;
	}

	/** Somebody else with the same cookies, who is not told when they change; at another site, it may be. */
	twin(origin = this.#origin): Person {
		const twin = new Person(origin, this.#address);
		for (const [name, value] of this.#cookies) twin.#cookies.set(name, value);
		return twin;
	}

	get(site: { url: string }, path: string, headers: Record<string, string> = {}): Promise<Response> {
		return this.#ask(site, path, { headers });
	}

	post(site: { url: string }, path: string, body: Record<string, string> | FormData, accept = 'text/html') {
		const form = body instanceof FormData ? body : new URLSearchParams(body);
		return this.#ask(site, path, { method: 'POST', body: form, headers: { accept } });
	}

	async #ask({ url }: { url: string }, path: string, init: RequestInit): Promise<Response> {
		const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
		const headers = { origin: this.#origin, 'x-real-ip': this.#address, cookie, ...init.headers };
		const answer = await ask(new Request(url + path, { ...init, headers }), new URL(this.#origin).host);
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
			if (value) this.#cookies.set(name!, value);
			else this.#cookies.delete(name!);
		}
		return answer;
	}
}

/** As fetch does it, which lets nobody say for which host. Redirects are not followed. */
async function ask(asked: Request, host: string): Promise<Response> {
	const headers = { ...Object.fromEntries(asked.headers), host };
	const body = Buffer.from(await asked.arrayBuffer());
	const { promise, resolve, reject } = Promise.withResolvers<Response>();
	const outgoing = request(asked.url, { method: asked.method, headers, agent: false });
	outgoing.on('error', reject).on('response', (answer) => {
		const told = new Headers();
		for (const [name, values] of Object.entries(answer.headersDistinct))
			for (const value of values!) told.append(name, value);
		const whole = (content: Buffer<ArrayBuffer>) =>
			new Response(content, { status: answer.statusCode, headers: told });
		buffer(answer).then((content) => resolve(whole(content as Buffer<ArrayBuffer>)), reject);
	});
	outgoing.end(body);
	return promise;
}
