import type { Track } from './recording.ts';

/** What a lock screen, a headset or a keyboard with such keys may ask for. */
interface Controlled {
	at: number;
	total: number;
	rate: number;
	isPaused: boolean;
	resume(): void;
	pause(): void;
	skip(seconds: number): void;
	seek(seconds: number): void;
	step(by: 1 | -1): unknown;
}

const session = () => ('mediaSession' in navigator ? navigator.mediaSession : undefined);

export function connect(player: Controlled) {
	const actions: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
		play: () => player.resume(),
		pause: () => player.pause(),
		seekbackward: ({ seekOffset }) => player.skip(-(seekOffset ?? 15)),
		seekforward: ({ seekOffset }) => player.skip(seekOffset ?? 15),
		seekto: ({ seekTime }) => player.seek(seekTime ?? 0),
		previoustrack: () => player.step(-1),
		nexttrack: () => player.step(1)
	};
	for (const [action, handler] of Object.entries(actions))
		try {
			session()?.setActionHandler(action as MediaSessionAction, handler);
		} catch {
			// one that this browser does not know
		}
}

export function name({ id, title, speaker, hasCover }: Track) {
	const at = session();
	const artwork = hasCover ? [{ src: `/recordings/${id}/cover`, type: 'image/jpeg' }] : [];
	if (at) at.metadata = new MediaMetadata({ title, artist: speaker, artwork });
}

/** Where it is, so that the line there runs along. */
export function tell({ at, total, rate, isPaused }: Controlled) {
	const screen = session();
	if (!screen) return;
	screen.playbackState = isPaused ? 'paused' : 'playing';
	if (total > 0)
		screen.setPositionState?.({ duration: total, position: Math.min(at, total), playbackRate: rate });
}
