import type * as Tus from 'tus-js-client';
import { m } from '../i18n/compiled/messages.js';
import * as drafts from './drafts.ts';
import * as waiting from './waiting.ts';

const PIECE_BYTES = 1 << 20;
const AGAIN_MS = 10_000;

/** `forgotten`: the server has no beginning of it any more. */
type Outcome = { kind: 'sent' | 'later' | 'forgotten' } | { kind: 'refused'; problem: string };

/** Sends the messages that were told to go, whenever there is a connection, on whichever page. */
class Outgoing {
	/** all that this device has and the server has not */
	list = $state.raw<drafts.Draft[]>([]);
	/** how many went since the page was opened */
	sent = $state(0);
	isSending = $state(false);
	#owner = '';
	#timer?: ReturnType<typeof setTimeout>;
	/** the sounds of messages that the browser would not keep */
	#sounds = new Map<string, Blob>();

	/** For this household from now on: looks for what waits, and tries. */
	async begin(owner: string): Promise<void> {
		if (!this.#owner) {
			addEventListener('online', () => void this.run());
			document.addEventListener('visibilitychange', () => document.hidden || void this.run());
		}
		this.#owner = owner;
		await this.look();
		await this.run();
	}

	async look(): Promise<void> {
		const stored = await drafts.list(this.#owner).catch(() => []);
		const known = new Set(stored.map(({ id }) => id));
		const fragile = this.list.filter(({ id }) => this.#sounds.has(id) && !known.has(id));
		this.list = [...stored, ...fragile];
		waiting.tell(this.list.some(({ isSending }) => isSending));
	}

	async send(draft: drafts.Draft, speaker: string, sound?: Blob): Promise<void> {
		const told = { ...draft, speaker, isSending: true, problem: '' };
		await drafts.keep(told).catch(() => {
			if (sound) this.#sounds.set(draft.id, sound);
			this.list = [...this.list.filter(({ id }) => id !== draft.id), told];
		});
		await this.look();
		await this.run();
	}

	async remove({ id }: drafts.Draft): Promise<void> {
		this.#sounds.delete(id);
		await drafts.remove(id).catch(() => {});
		await this.look();
	}

	/** One tab at a time; what cannot go now is tried again. */
	async run(): Promise<void> {
		clearTimeout(this.#timer);
		if (this.isSending) return;
		this.isSending = true;
		try {
			const { locks } = navigator;
			if (!locks) await this.#sendAll();
			else await locks.request('guestbook', { ifAvailable: true }, (lock) => lock && this.#sendAll());
		} finally {
			this.isSending = false;
		}
		await this.look();
		const isLeft = this.list.some(({ isSending, problem }) => isSending && !problem);
		if (isLeft) this.#timer = setTimeout(() => void this.run(), AGAIN_MS);
	}

	async #sendAll(): Promise<void> {
		await this.look();
		for (const draft of this.list.filter(({ isSending, problem }) => isSending && !problem)) {
			const outcome = await this.#sendOne(draft).catch((): Outcome => ({ kind: 'later' }));
			if (outcome.kind === 'sent') {
				await this.remove(draft);
				this.sent++;
			} else if (outcome.kind !== 'refused') return;
			else await drafts.keep({ ...draft, problem: outcome.problem }).catch(() => {});
		}
	}

	async #sendOne(draft: drafts.Draft): Promise<Outcome> {
		const { Upload } = await import('tus-js-client');
		const sound = this.#sounds.get(draft.id) ?? (await drafts.sound(draft));
		if (sound.size === 0) return { kind: 'sent' };
		const extension = /mp4/.test(draft.type) ? 'm4a' : /ogg/.test(draft.type) ? 'ogg' : 'webm';
		const outcome = Promise.withResolvers<Outcome>();
		const upload = new Upload(sound, {
			endpoint: draft.address ? null : `${location.origin}/api/uploads/voices`,
			uploadUrl: draft.address,
			chunkSize: PIECE_BYTES,
			metadata: { filename: `message.${extension}`, speaker: draft.speaker, voiceKey: draft.id },
			headers: { accept: 'application/json' },
			retryDelays: null,
			storeFingerprintForResuming: false,
			onUploadUrlAvailable: () => void drafts.keep({ ...draft, address: upload.url }).catch(() => {}),
			onSuccess: () => outcome.resolve({ kind: 'sent' }),
			onError: (error) => outcome.resolve(judge(error as Tus.DetailedError))
		});
		upload.start();
		const found = await outcome.promise;
		if (found.kind !== 'forgotten') return found;
		await drafts.keep({ ...draft, address: null }).catch(() => {});
		return draft.address ? this.#sendOne({ ...draft, address: null }) : { kind: 'later' };
	}
}

/** What became of it; without words of ours the answer comes from something before the site. */
function judge({ originalResponse }: Tus.DetailedError): Outcome {
	const status = originalResponse?.getStatus() ?? 0;
	if (status === 404) return { kind: 'forgotten' };
	// it had arrived, and was taken out again
	if (status === 410) return { kind: 'sent' };
	const isPassing = status < 400 || status >= 500 || [401, 403, 408, 409, 423, 429].includes(status);
	if (isPassing) return { kind: 'later' };
	try {
		const { message } = JSON.parse(originalResponse!.getBody()) as { message?: string };
		return { kind: 'refused', problem: message || m.upload_lost() };
	} catch {
		return { kind: 'refused', problem: m.upload_lost() };
	}
}

export const outgoing = new Outgoing();
