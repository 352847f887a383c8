import { addressOf, type Track } from './recording.ts';

/** Where somebody stopped, here and on the server, which tells their other devices. */

/** So much further on it is said again. */
const EVERY_SECONDS = 15;

const known = new Map<string, number>();
const sent = new Map<string, number>();

/** Where it goes on: what this page knows is newer than what it was loaded with. */
export function of({ id, heard, durationSeconds }: Track): number {
	const seconds = known.get(id) ?? heard?.seconds ?? 0;
	return !durationSeconds || seconds < durationSeconds - 1 ? seconds : 0;
}

/** The address of its sound; its end makes a browser begin there, also without JavaScript. */
export function sound(track: Track, from = of(track)): string {
	return addressOf(track) + (from > 0 ? `#t=${from.toFixed(2)}` : '');
}

let isGuest = false;

/** Only guests are remembered. */
export function rememberGuest(role: string) {
	isGuest = role === 'guest';
}

export function keep({ id }: Track, seconds: number, isFinished = false) {
	known.set(id, isFinished ? 0 : seconds);
	if (!isGuest || (!isFinished && Math.abs((sent.get(id) ?? -1) - seconds) < 0.5)) return;
	sent.set(id, isFinished ? 0 : seconds);
	const body = new URLSearchParams({ seconds: seconds.toFixed(2), ...(isFinished && { finished: 'on' }) });
	// asked for as data: nobody waits for a page, and the browser may be leaving
	const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
	const address = `/recordings/${id}?/listened`;
	fetch(address, { method: 'post', body, headers, keepalive: true }).catch(() => sent.delete(id));
}

export function keepNowAndThen(track: Track, seconds: number) {
	const last = sent.get(track.id) ?? of(track);
	if (Math.abs(seconds - last) >= EVERY_SECONDS) keep(track, seconds);
}

const VOLUME = 'volume';

/** As it was on this device. */
export function volume(): number {
	try {
		const kept = Number(localStorage.getItem(VOLUME) ?? 1);
		return kept >= 0 && kept <= 1 ? kept : 1;
	} catch {
		return 1;
	}
}

export function keepVolume(level: number) {
	try {
		localStorage.setItem(VOLUME, String(level));
	} catch {
		// a browser that keeps nothing
	}
}
