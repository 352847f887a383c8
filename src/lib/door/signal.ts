import type { Verdict } from './find.ts';

let context: AudioContext | undefined;

/** Hertz, one after the other; a phone that trembles does so for each. */
const TONES: Record<Verdict | 'unknown', number[]> = {
	welcome: [660, 880],
	inside: [660, 660],
	silent: [520],
	declined: [330, 260],
	unasked: [330, 260],
	unknown: [260, 200]
};

/** Says with sound and trembling what stands on the screen, for whoever looks at the guest. */
export function signal(verdict: Verdict | 'unknown'): void {
	const tones = TONES[verdict];
	navigator.vibrate?.(tones.length > 1 && verdict !== 'welcome' ? [120, 80, 120] : 60);
	try {
		context ??= new AudioContext();
	} catch {
		return;
	}
	for (const [place, hertz] of tones.entries()) {
		const [tone, volume] = [context.createOscillator(), context.createGain()];
		const begin = context.currentTime + place * 0.13;
		tone.frequency.value = hertz;
		volume.gain.setValueAtTime(0.15, begin);
		volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.12);
		tone.connect(volume).connect(context.destination);
		tone.start(begin);
		tone.stop(begin + 0.12);
	}
}
