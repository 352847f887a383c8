import type { Verdict } from './find.ts';

let context: AudioContext | undefined;

/** Of what is told by the phone itself, each sounds and trembles in a way of its own. */
export type Told = Verdict | 'unknown' | 'nonsense';

/** Hertz, one after the other. */
export const TONES: Record<Told, number[]> = {
	welcome: [660, 880],
	inside: [660, 660, 660],
	silent: [520],
	declined: [330, 260],
	unasked: [330, 260, 200],
	unknown: [200, 200],
	nonsense: [200]
};

/** Milliseconds that it trembles, and rests, in turn. */
export const TREMBLES: Record<Told, number[]> = {
	welcome: [60],
	inside: [60, 60, 60, 60, 60],
	silent: [60, 120, 60],
	declined: [300],
	unasked: [300, 100, 300],
	unknown: [120, 60, 300],
	nonsense: [120, 60, 120]
};

/** A phone is silent until somebody has pressed something, and again once it was away. */
export function wakeSound(): void {
	try {
		context ??= new AudioContext();
	} catch {
		return;
	}
	if (context.state !== 'running') void context.resume().catch(() => {});
}

/** Says with sound and trembling what stands on the screen, for whoever looks at the guest. */
export function signal(told: Told): void {
	const tones = TONES[told];
	navigator.vibrate?.(TREMBLES[told]);
	wakeSound();
	if (!context) return;
	for (const [place, hertz] of tones.entries()) {
		const [tone, volume] = [context.createOscillator(), context.createGain()];
		const begin = context.currentTime + place * 0.13;
		tone.frequency.value = hertz;
		volume.gain.setValueAtTime(0.4, begin);
		volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.12);
		tone.connect(volume).connect(context.destination);
		tone.start(begin);
		tone.stop(begin + 0.12);
	}
}
