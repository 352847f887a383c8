import { refreshAll } from '$app/navigation';
import type { Managed } from './recording.ts';

const EVERY_MS = 2000;

/** Asks for the page again as long as one of its recordings is being made ready. */
export function follow(recordings: () => readonly Pick<Managed, 'state'>[]): void {
	const isBusy = $derived(recordings().some(({ state }) => state === 'waiting' || state === 'processing'));
	$effect(() => {
		if (!isBusy) return;
		const timer = setInterval(() => {
			if (document.visibilityState === 'visible') void refreshAll();
		}, EVERY_MS);
		return () => clearInterval(timer);
	});
}
