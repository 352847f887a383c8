import { isRedirect } from '@sveltejs/kit';
import { asProblem } from '../../lib/kernel/db/db.server.ts';
import type { Queue } from '../../lib/kernel/jobs/jobs.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { NotTaken } from '../../lib/mail/post.server.ts';
import * as metrics from './metrics.server.ts';
import * as metricsPort from './metrics-port.server.ts';
import type { Place } from './sentry.server.ts';
import type { Asked } from './traces.server.ts';

let traces: typeof import('./traces.server.ts') | undefined;
let sentry: typeof import('./sentry.server.ts') | undefined;

/** Begins to count, trace and report what the settings ask for; the rest is not even loaded. Throws a Problem. */
export async function begin(): Promise<void> {
	await metricsPort.open();
	if (settings.SENTRY_DSN) sentry = await import('./sentry.server.ts');
	if (!settings.OTEL_EXPORTER_OTLP_ENDPOINT) return;
	traces = await import('./traces.server.ts');
	traces.begin();
}

export async function end(): Promise<void> {
	await Promise.all([metricsPort.close(), traces?.end()]);
}

/** Answers a request, and notes how long that took and what came of it. */
export async function request(asked: Asked, answer: () => Promise<Response>): Promise<Response> {
	const start = performance.now();
	const note = (status: number) =>
		metrics.countRequest(asked.route, status, (performance.now() - start) / 1000);
	try {
		const response = await (traces ? traces.request(asked, answer) : answer());
		note(response.status);
		return response;
	} catch (error) {
		note(isRedirect(error) ? error.status : 500);
		throw error;
	}
}

/** Tells Sentry of a bug, where one is set, without waiting for it. */
export function reportBug(error: unknown, place: Place): void {
	void sentry?.report(error, place);
}

/** The same work. What it throws is a bug, unless somebody else is away: that passes, and is told elsewhere. */
export function watchQueue(queue: Queue): Queue {
	return {
		...queue,
		async work(data: object, signal?: AbortSignal) {
			try {
				await queue.work(data as never, signal);
			} catch (error) {
				if (signal?.aborted) throw error;
				const problem = asProblem(error);
				const isOutage = error instanceof NotTaken || (problem instanceof Problem && problem.status >= 500);
				if (!isOutage) reportBug(error, { task: queue.name });
				throw error;
			}
		}
	};
}
