import { refreshAll } from '$app/navigation';
import type { Managed } from './recording.ts';

const EVERY_MS = 2000;

/** Asks for the page again as long as one of its recordings is being made ready. */
export function follow(recordings: () => readonly Pick<Managed, 'state'>[]): void {
	const isBusy = $derived(recordings().some(({ state }) => state === 'waiting' || state === 'processing'));
	$effect(() => {
		if (!isBusy) return;
		const timer = setInterval(() => {
			if (document.visibilityState === 'visible') void refresh();
		}, EVERY_MS);
		return () => clearInterval(timer);
	});
}

/** Where the server is away, a page that is asked for again gives way to one that says so, with all that is on it. */
async function refresh(): Promise<void> {
	const asked = { method: 'HEAD', redirect: 'manual', cache: 'no-store' } as const;
	const answer = await fetch(location.href, asked).catch(() => undefined);
	if (answer?.ok) await refreshAll();
}
