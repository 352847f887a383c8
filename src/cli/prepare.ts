import { Refusal } from '../lib/kernel/refusal.ts';
import { directUrl, settings } from '../lib/kernel/settings.server.ts';
import { migrate } from './migrate.ts';

/** Before the site opens: migrations, with `demo` a wedding to look at, and the login links to print. */
export async function main([demo]: string[]) {
	if (!settings.DATABASE_URL) throw new Refusal('DATABASE_URL is not set.');
	await migrate(directUrl()!);
	if (demo === 'demo') await (await import('./demo.ts')).fill();
	// where mail is real, a way in belongs into a mailbox, not into whatever keeps this output
	if (!settings.MAILERSEND_API_TOKEN) await (await import('./links.ts')).main();
}
