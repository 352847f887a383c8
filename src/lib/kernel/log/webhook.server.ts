import { log, mask } from './log.server.ts';
import { settings } from '../settings.server.ts';

/** Whoever calls has better things to do than to wait for a chat. */
const PATIENCE_MS = 5000;

/**
 * Tells the maintainer's chat (WEBHOOK_URL) one thing, in English, and whether it was taken. Never throws, is done
 * within five seconds, and does nothing where no address is set. Mail addresses and tokens are masked; the names
 * of people do not belong in `text`.
 */
export async function notify(text: string, patienceMs = PATIENCE_MS): Promise<boolean> {
	const address = settings.WEBHOOK_URL;
	if (!address) return false;
	try {
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(message(new URL(address), mask(text))),
			redirect: 'manual',
			signal: AbortSignal.timeout(patienceMs)
		});
		await response.body?.cancel();
		if (!response.ok) log.warn({ status: response.status }, 'webhook refused');
		return response.ok;
	} catch (error) {
		// never the address: whoever has it can write there
		const { name, cause } = error as Error & { cause?: NodeJS.ErrnoException };
		log.warn({ error: cause?.code ?? cause?.message ?? name }, 'webhook not reached');
		return false;
	}
}

/** https://api.slack.com/reference/surfaces/formatting, https://discord.com/developers/docs/resources/webhook */
function message({ hostname, pathname }: URL, text: string): object {
	if (hostname === 'hooks.slack.com' || /^\/services\/|\/slack$/.test(pathname)) {
		return { text: text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`) };
	}
	if (/^\/api(\/v\d+)?\/webhooks\/\d+\//.test(pathname)) {
		// nobody is called by a text that happens to hold @everyone
		return { content: text.slice(0, 2000), allowed_mentions: { parse: [] } };
	}
	return { text };
}
