import * as failures from './failures.ts';
import * as lockScreen from './lock-screen.ts';
import * as places from './places.ts';
import { addressOf, type Track } from './recording.ts';

export const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/**
 * The one audio element of the site, which outlives the page that started it, and what it is doing. It is one for all
 * recordings: an iPhone lets an element play on by itself only after somebody has pressed play for it.
 */
class Player {
	track = $state.raw<Track>();
	/** What is played one after the other. */
	queue = $state.raw<readonly Track[]>([]);
	/** Whether any of this was heard: until then there is nothing to go on with on other pages. */
	isStarted = $state(false);
	isPaused = $state(true);
	/** In seconds. */
	at = $state(0);
	loaded = $state(0);
	failure = $state<failures.Failure>();
	rate = $state(1);
	volume = $state(1);
	/** The id of the recording whose page is open: it needs no bar. */
	large = $state<string>();
	#ownLength = $state(NaN);
	#audio?: HTMLAudioElement;
	#isSecondTry = false;

	/** In seconds, as the browser reads it, else as it was measured: some files do not say. */
	readonly total = $derived(
		Number.isFinite(this.#ownLength) ? this.#ownLength : (this.track?.durationSeconds ?? 0)
	);
	/** As far as one can seek. */
	readonly length = $derived(this.total || Math.max(this.loaded, this.at));

	is(track: Track): boolean {
		return this.track?.id === track.id;
	}

	/** Goes on with what was pressed before this was there (static/touched.js), if it is one of these. */
	adopt(queue: readonly Track[]) {
		const early = document.querySelector<HTMLAudioElement>('body > audio');
		const track = queue.find(({ id }) => early?.src.includes(id));
		if (this.#audio || !early || !track) return;
		[this.track, this.queue, early.title] = [track, queue, track.title];
		this.#take(early);
	}

	/** Gets this one ready, unless another is playing. */
	show(track: Track, queue: readonly Track[]) {
		this.adopt(queue);
		if (!this.is(track) && this.isPaused) this.#open(track, queue, places.of(track));
	}

	/** From where it stands; another one from where somebody stopped, unless they say from where. */
	play(track: Track, queue: readonly Track[], from = places.of(track)) {
		if (!this.is(track)) this.#open(track, queue, from);
		else if (!this.queue.some(({ id }) => id === track.id)) this.queue = queue;
		this.resume();
	}

	resume() {
		// the refusal that matters is the element's error event
		this.#audio?.play().catch(() => {});
	}

	pause() {
		this.#audio?.pause();
	}

	toggle() {
		if (this.isPaused) this.resume();
		else this.pause();
	}

	seek(seconds: number) {
		if (!this.#audio || !this.track) return;
		this.at = Math.min(this.length, Math.max(0, seconds));
		if (this.#audio.readyState) {
			this.#audio.currentTime = this.at;
			return;
		}
		// before it knows anything the element would go where its address says
		const wasPlaying = !this.isPaused;
		this.#load(this.track, this.at);
		if (wasPlaying) this.resume();
	}

	skip(seconds: number) {
		this.seek(this.at + seconds);
	}

	setRate(rate: number) {
		this.rate = rate;
		// a new source begins with the default
		if (this.#audio) this.#audio.defaultPlaybackRate = this.#audio.playbackRate = rate;
	}

	setVolume(volume: number) {
		this.volume = volume;
		if (this.#audio) this.#audio.volume = volume;
		places.keepVolume(volume);
	}

	/** The one that is so many places further on in the queue, past those that cannot be played. */
	neighbour(step: 1 | -1): Track | undefined {
		const place = this.queue.findIndex(({ id }) => id === this.track?.id);
		for (let next = place + step; place >= 0 && next >= 0 && next < this.queue.length; next += step)
			if (this.queue[next]!.plays) return this.queue[next];
		return undefined;
	}

	/** Plays the next or the one before; gives it back. */
	step(by: 1 | -1): Track | undefined {
		const next = this.neighbour(by);
		if (next) this.play(next, this.queue);
		return next;
	}

	/** Stops, and is no longer there on other pages. */
	close() {
		this.pause();
		this.isStarted = false;
	}

	/** What could not be loaded, once more from where it was. */
	again() {
		if (this.track) this.#load(this.track, this.at);
	}

	#open(track: Track, queue: readonly Track[], from: number) {
		this.#keep();
		[this.track, this.queue] = [track, queue];
		this.#load(track, from);
	}

	#load(track: Track, from: number) {
		if (!this.#audio) this.#take(document.createElement('audio'));
		const audio = this.#audio!;
		[this.at, this.loaded, this.#ownLength, this.failure] = [from, 0, NaN, undefined];
		// a new source stops the one before without a word
		[this.isPaused, this.#isSecondTry] = [true, false];
		audio.title = track.title;
		audio.preload = 'metadata';
		audio.src = places.sound(track, from);
		audio.load();
	}

	#take(audio: HTMLAudioElement) {
		this.#audio = audio;
		document.body.append(audio);
		audio.volume = this.volume = places.volume();
		audio.addEventListener('play', () => this.#played());
		audio.addEventListener('pause', () => this.#paused());
		audio.addEventListener('ended', () => this.#ended());
		audio.addEventListener('timeupdate', () => this.#moved());
		audio.addEventListener('seeked', () => this.#told());
		audio.addEventListener('durationchange', () => (this.#ownLength = audio.duration));
		audio.addEventListener('progress', () => this.#gotMore());
		audio.addEventListener('loadedmetadata', () => (this.#isSecondTry = false));
		audio.addEventListener('error', () => void this.#judge());
		addEventListener('pagehide', () => this.#keep());
		document.addEventListener('visibilitychange', () => document.hidden && this.#keep());
		lockScreen.connect(this);
		this.#ownLength = audio.duration;
		this.#gotMore();
		if (audio.readyState) this.at = audio.currentTime;
		else if (this.track) this.at = places.of(this.track);
		if (!audio.paused) this.#played();
		if (audio.error) void this.#judge();
	}

	#played() {
		[this.isPaused, this.isStarted] = [false, true];
		lockScreen.name(this.track!);
		this.#told();
	}

	#paused() {
		this.isPaused = true;
		if (!this.#audio!.ended) this.#keep();
		this.#told();
	}

	#ended() {
		places.keep(this.track!, this.at, true);
		this.at = 0;
		this.step(1);
	}

	#moved() {
		const audio = this.#audio!;
		// while another is loaded this still tells of the one before
		if (!audio.readyState) return;
		this.at = audio.currentTime;
		this.#gotMore();
		if (!this.isPaused) places.keepNowAndThen(this.track!, this.at);
	}

	#told() {
		lockScreen.tell(this);
	}

	#gotMore() {
		const { buffered } = this.#audio!;
		for (let n = buffered.length - 1; n >= 0; n--)
			if (buffered.start(n) <= this.at) {
				this.loaded = buffered.end(n);
				return;
			}
		this.loaded = 0;
	}

	/** Where somebody stopped, if they have heard any of it. */
	#keep() {
		if (this.track && this.isStarted) places.keep(this.track, this.at);
	}

	async #judge() {
		const [audio, track] = [this.#audio!, this.track!];
		const verdict = await failures.judge(audio.error, addressOf(track), this.#isSecondTry);
		if (!this.is(track)) return;
		if (verdict !== 'again') {
			this.failure = verdict;
			return;
		}
		this.#isSecondTry = true;
		const wasPlaying = !this.isPaused;
		audio.load();
		if (wasPlaying) this.resume();
	}
}

export const player = new Player();
