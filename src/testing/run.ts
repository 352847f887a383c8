import { vi } from 'vitest';
import type { Letter } from '#lib/mail/letter.ts';
import type { Mail } from '#lib/outbox/message.ts';
import { startMailerSend } from './mailersend.ts';

/*
 * For tests of runs: the modules as they are with a mail service, and runs that take a step when they are told to.
 */

export const letter = ({ language }: { language: string }): Letter => ({
	...{
		subject: 'You are invited',
		from: 'Anna & Ben',
		paragraphs: ['Dear Riet,'],
		footer: 'Keep this mail.'
	},
	...{ button: { label: 'Open', url: 'https://example.org/i/ABC' }, language }
});

export async function makeRuns() {
	const provider = await startMailerSend();
	vi.stubEnv('MAILERSEND_API_TOKEN', 'test');
	vi.stubEnv('MAILERSEND_BASE_URL', provider.url);
	vi.stubEnv('MAIL_FROM', 'wedding@example.org');
	vi.resetModules();
	const { db, transaction } = await import('#lib/kernel/db/db.server.ts');
	const { furnish } = await import('#lib/kernel/domain.ts');
	const fixtures = await import('./fixtures.ts');
	const outbox = await import('#lib/outbox/outbox.server.ts');
	const runs = await import('#lib/outbox/runs.server.ts');
	const { running } = await import('#lib/outbox/running.server.ts');
	await fixtures.acceptJobs();
	const wedding = await fixtures.makeWedding();
	const compose = vi.fn<(mail: Mail) => Promise<Letter | null>>();
	furnish([
		{
			...{ name: 'test', uses: [], rights: { 'mail:send': ['couple'] } },
			letters: { invitation: { compose, sample: (_, about) => letter(about) } }
		}
	]);

	const made = {
		...{ provider, db, outbox, runs, couple: wedding.couple, weddingId: wedding.weddingId, compose },
		/** A run to `guest-0@…` and so on; of its own wedding it is the only one. */
		start(count: number, more: { sendAfter?: Date; address?: string } = {}): Promise<string> {
			const drafts = Array.from({ length: count }, (_, n) => ({
				...{ weddingId: wedding.weddingId, kind: 'invitation' as const, language: 'nl' },
				...{ address: `guest-${n}@example.org`, ...more }
			}));
			return transaction((tx) => outbox.start(wedding.weddingId, drafts, tx));
		},
		/** The run's job once, without waiting for the pace. */
		async step(runId: string): Promise<void> {
			await db.rateLimit.deleteMany({ where: { key: { endsWith: ':pace' } } });
			await db.$executeRaw`DELETE FROM jobs.job WHERE name = 'outbox.run'`;
			await running.work({ runId });
		},
		/** Until nothing waits any more. */
		async finish(runId: string): Promise<void> {
			while ((await runs.get(wedding.couple, runId)).counts.waiting > 0) await made.step(runId);
		},
		counts: async (runId: string) => (await runs.get(wedding.couple, runId)).counts,
		/** As if all that happens had happened so many seconds earlier. */
		age: (seconds: number) =>
			db.$executeRaw`UPDATE chunk SET handed_at = handed_at - ${seconds} * interval '1 second',
				look_at = look_at - ${seconds} * interval '1 second'`,
		/** As if nothing were known of the mail service, and every letter were wanted. */
		async forget(): Promise<void> {
			await db.rateLimit.deleteMany();
			compose.mockImplementation(async (mail) => letter(mail));
			Object.assign(provider.account, { daily: undefined, left: Infinity, perMinute: undefined });
			Object.assign(provider.account, { mostAtOnce: 500, mayRead: true, isStrict: false });
			provider.account.suppressed = undefined;
			provider.answer(202);
			provider.received.length = 0;
			provider.requests.length = 0;
		},
		async stop(): Promise<void> {
			await (await import('#lib/kernel/jobs/jobs.server.ts')).stop();
			vi.unstubAllEnvs();
			await provider.stop();
		}
	};
	return made;
}

export type Runs = Awaited<ReturnType<typeof makeRuns>>;
