import * as drafts from './drafts.ts';
import * as microphone from './microphone.ts';
import { LONGEST_SECONDS } from './voice.ts';

/** `ready`: the microphone is open and nothing is recorded; `done`: it is closed again. */
export type State =
	| 'idle'
	| 'asking'
	| 'ready'
	| 'starting'
	| 'recording'
	| 'paused'
	| 'stopping'
	| 'done'
	| 'refused'
	| 'unable';

/** Why it paused, stopped or has nothing. */
export type Reason = 'hidden' | 'muted' | 'ended' | 'full' | 'short';

/** A slice is all that can be lost. */
const SLICE_MS = 1000;
/** A recorder that has given nothing for so long is dead. */
const SILENT_MS = 5000;
const STOP_MS = 3000;
const SHORTEST_SECONDS = 0.5;

/** Records one message, and keeps each second of it on the device as it comes. */
export class Recorder {
	state = $state<State>('idle');
	reason = $state<Reason>();
	seconds = $state(0);
	/** what was recorded, to be heard and sent */
	draft = $state.raw<drafts.Draft>();
	sound = $state.raw<Blob>();
	/** the browser keeps nothing: a reload would lose it */
	isFragile = $state(false);
	level: () => number = () => 0;
	readonly #owner: () => string;
	#stream?: MediaStream;
	#type = '';
	#recorder?: MediaRecorder;
	#meter?: { close: () => void };
	#slices: Blob[] = [];
	#kept: Promise<unknown>[] = [];
	#mustStop = false;
	#before = 0;
	#since = 0;
	#lastSliceAt = 0;
	#timer?: ReturnType<typeof setInterval>;
	#wakeLock?: WakeLockSentinel;

	constructor(owner: () => string) {
		this.#owner = owner;
	}

	/** Opens the microphone, so that one sees whether it hears anything, and a start is one at once. */
	async open(): Promise<void> {
		if (!['idle', 'done', 'refused', 'unable'].includes(this.state)) return;
		[this.state, this.reason, this.draft, this.sound] = ['asking', undefined, undefined, undefined];
		if (!microphone.isThere()) return void (this.state = 'unable');
		try {
			this.#stream = await navigator.mediaDevices.getUserMedia({ audio: true });
		} catch (error) {
			const isRefused = (error as DOMException).name === 'NotAllowedError';
			this.state = isRefused ? 'refused' : 'unable';
			return;
		}
		const meter = microphone.listen(this.#stream);
		[this.#meter, this.level] = [meter, meter.level];
		const type = await microphone.findType(this.#stream);
		// closed meanwhile
		if (this.state !== 'asking') return;
		if (type === undefined) {
			this.close();
			this.state = 'unable';
			return;
		}
		this.#type = type;
		const [track] = this.#stream.getAudioTracks();
		track!.onmute = () => this.#interrupt('muted');
		track!.onended = () => this.#finishBecause('ended');
		this.state = 'ready';
	}

	/** It says `recording` when it does: whoever speaks then is heard from the first word. */
	start(): void {
		if (this.state !== 'ready') return;
		[this.state, this.reason, this.#mustStop] = ['starting', undefined, false];
		[this.#slices, this.#kept, this.#before, this.seconds] = [[], [], 0, 0];
		const options = { mimeType: this.#type, audioBitsPerSecond: microphone.BITS_PER_SECOND };
		const recorder = new MediaRecorder(this.#stream!, options);
		const draft: drafts.Draft = {
			...{ id: crypto.randomUUID(), owner: this.#owner(), type: recorder.mimeType || this.#type },
			...{ speaker: '', isSending: false, address: null, problem: '' }
		};
		[this.#recorder, this.draft] = [recorder, draft];
		recorder.onstart = () => this.#started();
		recorder.ondataavailable = ({ data }) => this.#take(draft, data);
		recorder.onerror = () => this.#finishBecause('ended');
		recorder.onstop = () => void this.#finish(recorder);
		this.#lastSliceAt = performance.now();
		this.#timer = setInterval(() => this.#tick(), 200);
		recorder.start(SLICE_MS);
	}

	pause(reason?: Reason): void {
		if (this.state !== 'recording') return;
		this.#recorder!.requestData();
		this.#recorder!.pause();
		this.#before += (performance.now() - this.#since) / 1000;
		[this.state, this.reason, this.seconds] = ['paused', reason, this.#before];
		this.#letSleep();
	}

	resume(): void {
		if (this.state !== 'paused') return;
		this.#recorder!.resume();
		[this.state, this.reason] = ['recording', undefined];
		this.#since = this.#lastSliceAt = performance.now();
		this.#stayAwake();
	}

	stop(): void {
		if (this.state === 'starting') this.#mustStop = true;
		if (!['recording', 'paused'].includes(this.state)) return;
		if (this.state === 'recording') this.#before += (performance.now() - this.#since) / 1000;
		this.seconds = this.#before;
		this.state = 'stopping';
		const recorder = this.#recorder!;
		if (recorder.state === 'inactive') return void this.#finish(recorder);
		// one that never says that it has stopped has what it has
		setTimeout(() => void this.#finish(recorder), STOP_MS);
		recorder.stop();
	}

	/** The page goes out of sight, by a lock or another app: phones stop recording then, some without a word. */
	hide(): void {
		this.#interrupt('hidden');
	}

	/** Throws away what was recorded, and is ready for another. */
	async retake(): Promise<void> {
		const { draft } = this;
		if (draft) await drafts.remove(draft.id).catch(() => {});
		await this.open();
	}

	/** Gives the microphone back. */
	close(): void {
		clearInterval(this.#timer);
		this.#letSleep();
		for (const track of this.#stream?.getTracks() ?? []) {
			track.onmute = track.onended = null;
			track.stop();
		}
		this.#meter?.close();
		this.level = () => 0;
		this.#stream = undefined;
		if (['asking', 'ready'].includes(this.state)) this.state = 'idle';
	}

	/** What is here was sent or left to be: there may be another. */
	reset(): void {
		this.close();
		[this.state, this.draft, this.sound, this.reason] = ['idle', undefined, undefined, undefined];
	}

	#started(): void {
		if (this.state !== 'starting') return;
		[this.state, this.#since] = ['recording', performance.now()];
		this.#stayAwake();
		if (this.#mustStop) this.stop();
	}

	#take(draft: drafts.Draft, data: Blob): void {
		if (data.size === 0) return;
		this.#lastSliceAt = performance.now();
		const place = this.#slices.push(data) - 1;
		if (place === 0) this.#keep(drafts.keep(draft));
		this.#keep(drafts.addSlice(draft.id, place, data));
	}

	#keep(keeping: Promise<unknown>): void {
		this.#kept.push(keeping.catch(() => (this.isFragile = true)));
	}

	#tick(): void {
		const now = performance.now();
		const isSilent = now - this.#lastSliceAt > SILENT_MS;
		if (this.state === 'starting' && isSilent) return this.#giveUp();
		if (this.state !== 'recording') return;
		this.seconds = this.#before + (now - this.#since) / 1000;
		if (this.seconds >= LONGEST_SECONDS) this.#finishBecause('full');
		else if (isSilent) this.#finishBecause('ended');
	}

	/** It said that it can, and never began. */
	#giveUp(): void {
		this.#recorder = undefined;
		this.close();
		this.state = 'unable';
	}

	#interrupt(reason: Reason): void {
		if (this.state === 'recording') this.pause(reason);
		else if (this.state === 'starting') this.stop();
		else if (this.state === 'ready' && reason === 'hidden') this.close();
	}

	#finishBecause(reason: Reason): void {
		if (this.state === 'ready') {
			this.close();
			return;
		}
		if (!['recording', 'paused'].includes(this.state)) return;
		this.reason = reason;
		this.stop();
	}

	async #finish(recorder: MediaRecorder): Promise<void> {
		if (recorder !== this.#recorder) return;
		this.#recorder = undefined;
		clearInterval(this.#timer);
		const { draft } = this;
		// the browser stopped it by itself
		if (this.state === 'recording') this.#before += (performance.now() - this.#since) / 1000;
		this.seconds = this.#before;
		await Promise.all(this.#kept);
		if (this.#slices.length === 0 || this.seconds < SHORTEST_SECONDS) {
			await drafts.remove(draft!.id).catch(() => {});
			this.draft = undefined;
			const isOpen = this.#stream?.getAudioTracks()[0]?.readyState === 'live';
			if (!isOpen) this.close();
			[this.state, this.reason] = [isOpen ? 'ready' : 'idle', 'short'];
			this.#letSleep();
			return;
		}
		this.sound = new Blob(this.#slices, { type: draft!.type });
		this.state = 'done';
		this.close();
	}

	#stayAwake(): void {
		navigator.wakeLock?.request('screen').then(
			(lock) => {
				if (this.state === 'recording') this.#wakeLock = lock;
				else void lock.release();
			},
			() => {}
		);
	}

	#letSleep(): void {
		void this.#wakeLock?.release().catch(() => {});
		this.#wakeLock = undefined;
	}
}
