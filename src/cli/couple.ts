import { email as Email } from '../lib/kernel/forms/fields.ts';
import { Problem } from '../lib/kernel/problem.ts';
import { visible } from '../lib/kernel/text/visible.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { connected } from './attached.ts';
import { migrate } from './migrate.ts';

/** `npm run couple -- EMAIL [NAMES]`: an account for one of the couple, and their wedding if there is none yet. */
export async function main([typed = '', ...names]: string[]) {
	const email = Email.safeParse(typed);
	if (!email.success)
		throw new Problem('Give an email address: npm run couple -- anna@example.org "Anna & Ben"');

	await connected(async (databaseUrl) => {
		await migrate(databaseUrl);
		await admit(email.data, visible(names.join(' ')).trim());
	});
}

async function admit(email: string, names: string) {
	const { transaction } = await import('../lib/kernel/db/db.server.ts');
	const { system } = await import('../lib/weddings/system.ts');
	const accounts = await import('../lib/auth/accounts.server.ts');
	await transaction(async (tx) => {
		const wedding =
			(await tx.wedding.findFirst({ orderBy: { createdAt: 'asc' } })) ??
			(await tx.wedding.create({ data: { names } }));
		await accounts.add(system(wedding.id), { email, role: 'couple' }, tx);
	});
	console.log(`${email} can log in now: ${settings.ORIGIN}/login`);
}
