import { get } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../lib/kernel/problem.ts';

type Place = { HOST: string; PORT: number };

/** Waits until the site says itself that it is ready; a Problem with its own word for why not after a minute. */
export async function untilReady(place: Place, signal?: AbortSignal, patienceMs = 60_000): Promise<void> {
	let problem = 'it does not answer';
	for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50, undefined, { signal })) {
		const { isReady, problems } = await ask(place, signal).catch(() => ({ isReady: false, problems: [] }));
		if (isReady) return;
		problem = problems.join(', ') || problem;
	}
	throw new Problem(
		`Vowtape has started and cannot be used (${problem}): LOG_LEVEL=info npm start says more.`
	);
}

// not by fetch: it refuses ports that a browser keeps away from. And Vite's server answers few hosts but this one
function ask({ HOST, PORT }: Place, signal?: AbortSignal): Promise<{ isReady: boolean; problems: string[] }> {
	const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
	const asked = {
		host,
		port: PORT,
		path: '/health/ready',
		headers: { host: 'localhost' },
		signal,
		timeout: 5000
	};
	return new Promise((resolve, reject) => {
		const request = get(asked, async (response) => {
			const { problems = [] } = (await json(response).catch(() => ({}))) as { problems?: string[] };
			resolve({ isReady: response.statusCode === 200, problems });
		});
		request.once('timeout', () => request.destroy()).once('error', reject);
	});
}
