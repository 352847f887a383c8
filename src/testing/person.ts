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

	/** Somebody else with the same cookies, who is not told when they change. */
	twin(): Person {
		const twin = new Person(this.#origin, this.#address);
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
		const answer = await fetch(url + path, { ...init, headers, redirect: 'manual' });
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
			if (value) this.#cookies.set(name!, value);
			else this.#cookies.delete(name!);
		}
		return answer;
	}
}
