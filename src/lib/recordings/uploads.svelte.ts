import type * as Tus from 'tus-js-client';
import { m } from '../i18n/compiled/messages.js';
import type { Chosen } from './chosen.ts';
import { isRestOf, type Unfinished } from './uploading.ts';

/** What goes along with every file of one form. */
export type Fields = { title: string; moment: string; speaker: string; recordedOn: string };

/** `interrupted` goes on by itself, `paused` when it is told to, `failed` perhaps never. */
export type State = 'waiting' | 'sending' | 'storing' | 'interrupted' | 'paused' | 'done' | 'failed';

/** So small that little is sent twice after a cut, so large that the rest does not count. */
const PIECE_BYTES = 8 << 20;
/** Over how long the speed is measured: less flickers, more is late. */
const SPEED_MS = 5000;

type Settled = Extract<State, 'done' | 'failed' | 'paused' | 'interrupted'>;

/** One file on its way, in pieces: what the server has of it is not sent again. */
export class Upload {
	readonly file: File;
	readonly fields: Fields;
	state = $state<State>('waiting');
	sentBytes = $state(0);
	bytesPerSecond = $state<number>();
	/** why it failed, in the visitor's language */
	problem = $state('');
	/** The server is full, or wants to know again who asks. */
	mayRetry = $state(false);
	/** as it is in the list */
	title = $state('');
	#address: string | null = null;
	#sender: Tus.Upload | undefined;
	#settle: (state: Settled) => void = () => {};
	#samples: { at: number; bytes: number }[] = [];

	constructor({ file, problem }: Chosen, fields: Fields, rest?: Unfinished) {
		this.file = file;
		this.fields = fields;
		if (rest) {
			this.#address = `/api/uploads/${rest.id}`;
			this.sentBytes = rest.sentBytes;
		}
		if (problem) this.#fail(problem, false);
	}

	get isUnderWay(): boolean {
		return ['waiting', 'sending', 'storing', 'interrupted'].includes(this.state);
	}

	/** Whether this is the one that the server has the beginning of. */
	goesOnWith({ id }: Unfinished): boolean {
		return Boolean(this.#address?.endsWith(`/${id}`));
	}

	/** Resolves when it is stored, or nothing more is sent for now. */
	async send(): Promise<void> {
		this.state = 'sending';
		this.#samples = [];
		this.bytesPerSecond = undefined;
		const settled = new Promise<Settled>((settle) => (this.#settle = settle));
		try {
			// pages without an upload do without it
			const { Upload: Sender } = await import('tus-js-client');
			// paused meanwhile
			if (this.state === 'sending') this.#start(Sender);
		} catch {
			this.#settle('interrupted');
		}
		this.state = await settled;
	}

	pause(): void {
		void this.#sender?.abort().catch(() => {});
		this.state = 'paused';
		this.#settle('paused');
	}

	/** For good: the server forgets what it has. */
	cancel(): void {
		// what cannot be told now it finds out by itself, after a day
		void this.#sender?.abort(true).catch(() => {});
		this.#settle('paused');
	}

	#start(Sender: typeof Tus.Upload): void {
		const { name, lastModified } = this.file;
		this.#sender = new Sender(this.file, {
			// with one it would begin anew where the server is away for a moment
			endpoint: this.#address ? null : `${location.origin}/api/uploads`,
			uploadUrl: this.#address,
			chunkSize: PIECE_BYTES,
			metadata: { ...given(this.fields), filename: name, lastModified: String(lastModified) },
			headers: { accept: 'application/json' },
			// when to try again is decided below; what there is to go on with, the server says
			retryDelays: null,
			storeFingerprintForResuming: false,
			onUploadUrlAvailable: () => (this.#address = this.#sender!.url),
			onProgress: (sent) => this.#progress(sent),
			onSuccess: ({ lastResponse }) => {
				this.title = decodeURIComponent(lastResponse.getHeader('recording-title') ?? '') || name;
				this.#settle('done');
			},
			onError: (error) => this.#refused(error as Tus.DetailedError)
		});
		this.#sender.start();
	}

	#progress(sent: number): void {
		if (this.state !== 'sending') return;
		const at = performance.now();
		this.sentBytes = sent;
		this.#samples = [...this.#samples.filter((one) => at - one.at < SPEED_MS), { at, bytes: sent }];
		const [first] = this.#samples;
		const seconds = (at - first!.at) / 1000;
		if (seconds > 1) this.bytesPerSecond = Math.max(0, sent - first!.bytes) / seconds;
		if (sent >= this.file.size) this.state = 'storing';
	}

	#refused({ originalResponse }: Tus.DetailedError): void {
		const status = originalResponse?.getStatus() ?? 0;
		if (status === 404 || status === 410) this.#address = null;
		// no answer, nobody there, another request holds on to it, or the two disagree about how far it is
		if ([0, 404, 408, 409, 410, 423, 429, 502, 503, 504].includes(status)) return this.#settle('interrupted');
		this.#fail(sentenceIn(originalResponse!.getBody(), status), status >= 500 || status === 401);
		this.#settle('failed');
	}

	#fail(problem: string, mayRetry: boolean): void {
		this.state = 'failed';
		this.problem = problem;
		this.mayRetry = mayRetry;
	}
}

function given(fields: Fields): Record<string, string> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
}

/** Without words of ours it comes from something before the site, which takes less. */
function sentenceIn(body: string, status: number): string {
	try {
		return JSON.parse(body).message || m.upload_lost();
	} catch {
		return status === 413 ? m.problem_status_413() : m.upload_lost();
	}
}

/** How long to wait for a connection before it is tried again: longer each time. */
const WAITS_SECONDS = [1, 2, 4, 8, 15];

/** The files that somebody sends, one after the other, while they walk through the site. */
export class Uploads {
	list = $state<Upload[]>([]);
	readonly isBusy = $derived(this.list.some(({ isUnderWay }) => isUnderWay));
	readonly #stored: () => void;
	#isRunning = false;
	#wake: () => void = () => {};

	/** `stored` is called after each file that the server has stored. */
	constructor(stored: () => void) {
		this.#stored = stored;
	}

	/** A file that the server has the beginning of goes on from there, unless something else is said about it now. */
	add(chosen: Chosen[], fields: Fields, unfinished: Unfinished[] = []): void {
		const title = chosen.filter(({ problem }) => !problem).length === 1 ? fields.title : '';
		this.list = this.list.filter(({ state }) => state !== 'done');
		const waiting = Object.values(fields).some(Boolean) ? [] : this.missing(unfinished);
		for (const one of chosen) {
			const rest = waiting.find((other) => isRestOf(one.file, other));
			this.list.push(new Upload(one, { ...fields, title }, rest));
		}
		this.#run();
	}

	/** Those of `unfinished` whose file nobody has chosen again. */
	missing(unfinished: Unfinished[]): Unfinished[] {
		return unfinished.filter(
			(one) => !this.list.some((upload) => upload.goesOnWith(one) || isRestOf(upload.file, one))
		);
	}

	/** One that was paused, or failed. */
	resume(upload: Upload): void {
		upload.state = 'waiting';
		this.#run();
	}

	remove(upload: Upload): void {
		this.list = this.list.filter((other) => other !== upload);
		upload.cancel();
		this.wake();
		this.#run();
	}

	/** Does not wait any longer for a connection. */
	wake(): void {
		this.#wake();
	}

	/** Nobody is there to see it any more. */
	stop(): void {
		for (const upload of this.list) if (upload.isUnderWay && upload.state !== 'storing') upload.pause();
		this.wake();
	}

	async #run(): Promise<void> {
		if (this.#isRunning) return;
		this.#isRunning = true;
		let tries = 0;
		let isHeldUp = false;
		for (let next; !isHeldUp && (next = this.#next());) {
			const before = next.sentBytes;
			await next.send();
			if (next.state === 'done') this.#stored();
			// the others would fail as well: they wait until this one is tried again or removed
			isHeldUp = next.state === 'failed' && next.mayRetry;
			tries = next.sentBytes > before ? 0 : tries;
			if (next.state === 'interrupted') await this.#pause(WAITS_SECONDS[tries++] ?? WAITS_SECONDS.at(-1)!);
		}
		this.#isRunning = false;
	}

	#next(): Upload | undefined {
		return this.list.find(({ state }) => state === 'waiting' || state === 'interrupted');
	}

	#pause(seconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.#wake = resolve;
			setTimeout(resolve, seconds * 1000);
		});
	}
}
