import { getContext, onMount, setContext } from 'svelte';
import { refreshAll } from '$app/navigation';
import { m } from '../i18n/compiled/messages.js';
import * as unsaved from '../ui/unsaved.ts';
import { Uploads } from './uploads.svelte.ts';

const KEY = Symbol('uploads');

/**
 * Uploads that go on for as long as the layout that calls this is there: on the pages whose route begins with
 * `within`. Leaving them is asked about.
 */
export function provide(within: string): Uploads {
	const uploads = setContext(KEY, new Uploads(refreshAll));
	onMount(() => {
		const forget = unsaved.ask((route) =>
			uploads.isBusy && !route?.startsWith(within) ? m.upload_leave() : undefined
		);
		const wake = () => uploads.wake();
		addEventListener('online', wake);
		document.addEventListener('visibilitychange', wake);
		return () => {
			forget();
			removeEventListener('online', wake);
			document.removeEventListener('visibilitychange', wake);
			uploads.stop();
		};
	});
	return uploads;
}

export const provided = () => getContext<Uploads>(KEY);
