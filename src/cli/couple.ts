import { parseArgs } from 'node:util';
import type { Wedding } from '../../prisma/client/client.ts';
import type { Tx } from '../lib/kernel/db/db.server.ts';
import { email as Email } from '../lib/kernel/forms/fields.ts';
import { Problem } from '../lib/kernel/problem.ts';
import { stripInvisible } from '../lib/kernel/text/visible.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { connected } from './attached.ts';
import { host as hostOf } from './host.ts';
import { migrate } from './migrate.ts';

type Order = {
	email: string;
	names: string;
	host: string | undefined;
	/** where the wedding was before */
	from: string | undefined;
};

/**
 * `npm run couple -- EMAIL [NAMES] [--host HOST]`: an account for one of the couple, and their wedding if there is
 * none yet. A host makes one more, or says which one is meant; of the one that answers for every host it becomes the
 * only one. `--from HOST` is where it was before: whoever comes there, by a card that was printed then say, is led to
 * its host.
 */
export async function main(args: string[]) {
	const order = read(args);
	await connected(async (databaseUrl) => {
		await migrate(databaseUrl);
		console.log(await admit(order));
	});
}

/** What was typed, as far as it says what to do. */
export function read(args: string[]): Order {
	const { positionals, values } = parse(args);
	const [typed = '', ...names] = positionals;
	const email = Email.safeParse(typed);
	if (!email.success)
		throw new Problem('Give an email address: npm run couple -- anna@example.org "Anna & Ben"');
	const host = values.host === undefined ? undefined : hostOf(values.host);
	const from = values.from === undefined ? undefined : hostOf(values.from);
	if (from && !host) throw new Problem('Add --host and where the wedding is now.');
	return { email: email.data, names: stripInvisible(names.join(' ')).trim(), host, from };
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: { host: { type: 'string' }, from: { type: 'string' } },
			allowPositionals: true
		});
	} catch {
		throw new Problem('Usage: npm run couple -- anna@example.org "Anna & Ben" --host anna-and-ben.example');
	}
}

/** Throws where it is not clear which wedding is meant. */
export async function admit(order: Order): Promise<string> {
	const { transaction } = await import('../lib/kernel/db/db.server.ts');
	const { system } = await import('../lib/weddings/system.ts');
	const members = await import('../lib/members/members.server.ts');
	const { leadFrom, originOf } = await import('../lib/weddings/weddings.server.ts');
	const wedding = await transaction(async (tx) => {
		const wedding = await weddingFor(order, tx);
		if (order.from) await leadFrom(system(wedding.id), order.from, tx);
		await members.add(system(wedding.id), { email: order.email, role: 'couple' }, tx);
		return wedding;
	});
	return `${order.email} can log in now: ${originOf(wedding)}/login`;
}

async function weddingFor(order: Order, tx: Tx): Promise<Pick<Wedding, 'id' | 'host'>> {
	const { names, host, from } = order;
	const all = await tx.wedding.findMany({ orderBy: { createdAt: 'asc' } });
	if (host === undefined) {
		if (all.length > 1)
			throw new Problem(`There are several weddings: add --host and one of ${listed(all)}.`);
		return all[0] ?? tx.wedding.create({ data: { names } });
	}
	const there = all.find((wedding) => wedding.host === host);
	if (there && names)
		throw new Problem(
			`${host} has a wedding already, that of ${there.names}: leave the names out to let ${order.email} in there.`
		);
	if (there && all.some((other) => other !== there && other.host === from))
		throw new Problem(`At ${from} there is another wedding than at ${host}.`);
	if (there) return there;
	const moving = from && all.find((wedding) => wedding.host === from);
	if (moving) return settle(moving, { ...order, host }, tx);
	const everywhere = all.find((wedding) => wedding.host === null);
	if (everywhere) return settle(everywhere, { ...order, host }, tx);
	if (!names && all.length > 0)
		throw new Problem(`There is no wedding at ${host}: add the names of the couple to make one.`);
	return tx.wedding.create({ data: { names, host } });
}

/** Gives a wedding a host of its own, or another one, when one of its couple asks and means no other. */
async function settle({ id, ...wedding }: Wedding, { email, names, host }: Order & { host: string }, tx: Tx) {
	const { system } = await import('../lib/weddings/system.ts');
	const weddings = await import('../lib/weddings/weddings.server.ts');
	const members = await tx.member.findMany({
		where: { weddingId: id, role: 'couple' },
		include: { account: true }
	});
	const emails = members.map(({ account }) => account.email);
	if (names || !emails.some((one) => one.toLowerCase() === email.toLowerCase())) {
		const { host: own } = new URL(settings.ORIGIN);
		if (wedding.host)
			throw new Problem(
				`Only the couple moves a wedding: npm run couple -- ${emails[0] ?? 'EMAIL'} --host ${host} --from ${wedding.host}`
			);
		throw new Problem(
			`${wedding.names || 'The first wedding'} answers for every host. Give it one of its own first: ` +
				`npm run couple -- ${emails[0] ?? 'EMAIL'} --host ${own}`
		);
	}
	await weddings.moveTo(system(id), host, tx);
	return { id, host };
}

function listed(all: Wedding[]): string {
	return all.map(({ id, host, names }) => `${host ?? id}${names && ` (${names})`}`).join(', ');
}
