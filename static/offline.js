// Starts the worker that shows a guest's own pages without network, and tells the page what it hears from it.
const { serviceWorker: workers } = navigator;
const root = document.documentElement;
const loaded = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
const tell = async (said) => (await workers.ready).active.postMessage(said);

if (workers) {
	// not before, for what the worker asks for would keep this page waiting
	addEventListener('load', () => {
		workers.register('/worker.js').catch(() => {});
		tell({ files: loaded(), isOnline: navigator.onLine });
	});
	addEventListener('online', () => {
		delete root.dataset.offline;
		tell({ isOnline: true });
	});
	addEventListener('offline', () => {
		root.dataset.offline = '';
	});
	workers.addEventListener('message', ({ data: { answer } }) => {
		root.dataset.answer = answer;
		if (location.pathname !== '/rsvp/kept') return;
		location.replace(answer === 'sent' ? '/rsvp/thanks' : '/rsvp');
	});
}
