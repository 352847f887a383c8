import { goto } from '$app/navigation';
import { page } from '$app/state';
import { player } from './player.svelte.ts';

/** Plays the next recording or the one before; the page of a recording goes along. */
export function step(by: 1 | -1) {
	const before = player.track;
	const next = player.step(by);
	if (before && next && page.url.pathname === `/recordings/${before.id}`) void goto(`/recordings/${next.id}`);
}
