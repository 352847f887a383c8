import { Problem } from '../lib/kernel/problem.ts';
import { directUrl, settings } from '../lib/kernel/settings.server.ts';
import { migrate } from './migrate.ts';
import { welcome } from './welcome.ts';

/** Before the site opens: migrations, with `demo` a wedding to look at; and the words to print. */
export async function main([demo]: string[]) {
	if (!settings.DATABASE_URL) throw new Problem('DATABASE_URL is not set.');
	await migrate(directUrl()!);
	const isDemo = demo === 'demo' && (await (await import('./demo.ts')).fill());
	// where mail is real, a way in belongs into a mailbox, not into whatever keeps this output
	if (settings.MAILERSEND_API_TOKEN) return;
	await (await import('./links.ts')).main();
	console.log(welcome(isDemo));
}
