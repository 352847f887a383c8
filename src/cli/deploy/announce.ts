import { settings } from '../../lib/kernel/settings.server.ts';
import { notify } from '../../lib/kernel/log/webhook.server.ts';
import type { Target } from './config.ts';
import type { Secrets } from './secrets.ts';

/** Does `work`, and tells the maintainer's chat (WEBHOOK_URL of secrets.yml, if it is set) what became of it. */
export async function announced<Value>(
	{ environment }: Target,
	{ settings: { WEBHOOK_URL } }: Secrets,
	event: string,
	work: () => Promise<Value>
): Promise<Value> {
	settings.WEBHOOK_URL = WEBHOOK_URL || undefined;
	try {
		const value = await work();
		await notify(`${environment}: ${event}, done.`);
		return value;
	} catch (error) {
		await notify(`${environment}: ${event}, failed. ${(error as Error).message}`);
		throw error;
	}
}
