import { m } from '../i18n/compiled/messages.js';
import type { Chosen } from './chosen.ts';

/** What goes along with every file of one form. */
export type Fields = { title: string; moment: string; speaker: string; recordedOn: string };

export type State = 'waiting' | 'sending' | 'storing' | 'done' | 'failed';

/** One file on its way. Its key lets a second try find the first, should only the answer have been lost. */
export class Upload {
	readonly key = randomKey();
	readonly file: File;
	readonly fields: Fields;
	state = $state<State>('waiting');
	sentBytes = $state(0);
	secondsLeft = $state<number>();
	/** why it failed, in the visitor's language */
	problem = $state('');
	/** No answer came, so it may or may not be stored; or the server is full or away. */
	mayRetry = $state(false);
	/** as it is in the list */
	title = $state('');
	#request: XMLHttpRequest | undefined;

	constructor({ file, problem }: Chosen, fields: Fields) {
		this.file = file;
		this.fields = fields;
		if (problem) this.#fail(problem, false);
	}

	/** Resolves when there is an answer, or none will come. fetch() cannot tell how much it has sent. */
	send(): Promise<void> {
		const request = (this.#request = new XMLHttpRequest());
		const startedAt = performance.now();
		this.state = 'sending';
		this.sentBytes = 0;

		request.upload.onprogress = ({ loaded }) => {
			const seconds = (performance.now() - startedAt) / 1000;
			this.sentBytes = Math.min(loaded, this.file.size);
			this.secondsLeft = seconds > 2 ? (seconds / loaded) * (this.file.size - this.sentBytes) : undefined;
		};
		request.upload.onload = () => (this.state = 'storing');
		return new Promise((settled) => {
			request.onload = () => {
				// without words of ours it comes from something before the site, which takes less
				const lost = request.status === 413 ? m.problem_status_413() : m.upload_lost();
				const { title = '', message = lost } = request.response ?? {};
				if (request.status !== 201)
					return this.#fail(message, request.status >= 500 || request.status === 401);
				this.title = title;
				this.state = 'done';
			};
			request.onerror = () => this.#fail(m.upload_lost(), true);
			request.onloadend = () => settled();
			request.open('POST', '/api/upload');
			request.setRequestHeader('accept', 'application/json');
			request.responseType = 'json';
			request.send(this.#form());
		});
	}

	stop(): void {
		this.#request?.abort();
	}

	#fail(problem: string, mayRetry: boolean): void {
		this.state = 'failed';
		this.problem = problem;
		this.mayRetry = mayRetry;
	}

	#form(): FormData {
		const form = new FormData();
		for (const [name, value] of Object.entries(this.fields)) form.set(name, value);
		form.set('uploadKey', this.key);
		form.set('file', this.file);
		return form;
	}
}

/** The files of this page, sent one after the other. */
export class Uploads {
	list = $state<Upload[]>([]);
	readonly isBusy = $derived(
		this.list.some(({ state }) => ['waiting', 'sending', 'storing'].includes(state))
	);
	readonly #stored: () => void;
	#isRunning = false;

	/** `stored` is called after each file that the server has stored. */
	constructor(stored: () => void) {
		this.#stored = stored;
	}

	add(chosen: Chosen[], fields: Fields): void {
		const title = chosen.filter(({ problem }) => !problem).length === 1 ? fields.title : '';
		this.list = this.list.filter(({ state }) => state !== 'done');
		this.list.push(...chosen.map((one) => new Upload(one, { ...fields, title })));
		this.#run();
	}

	retry(upload: Upload): void {
		upload.state = 'waiting';
		this.#run();
	}

	remove(upload: Upload): void {
		this.list = this.list.filter((other) => other !== upload);
		if (upload.state === 'failed') this.#run();
		else upload.stop();
	}

	async #run(): Promise<void> {
		if (this.#isRunning) return;
		this.#isRunning = true;
		let isCutOff = false;
		for (let next; !isCutOff && (next = this.list.find(({ state }) => state === 'waiting'));) {
			await next.send();
			// now, for a page that is refreshed without a connection is lost
			if (next.state === 'done') this.#stored();
			// without a connection the others would fail as well: they wait until this one is tried again or removed
			isCutOff = next.state === 'failed' && next.mayRetry;
		}
		this.#isRunning = false;
	}
}

// crypto.randomUUID() is absent on a plain http address in a home network
function randomKey(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
		byte.toString(16).padStart(2, '0')
	).join('');
}
