import { findReader } from './reader.ts';

/** Starts static/door-worker.js, which opens this page without network, and tells it which files came before it did. */
export async function keepPage(): Promise<void> {
	const { serviceWorker: workers } = navigator;
	if (!workers) return;
	await workers.register('/door-worker.js', { scope: '/door' });
	await tellFiles(workers);
	// whoever scans first where there is no network
	await findReader();
	await tellFiles(workers);
	await navigator.storage.persist();
}

async function tellFiles(workers: ServiceWorkerContainer): Promise<void> {
	const { active } = await workers.ready;
	const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
	active?.postMessage({ files });
}
