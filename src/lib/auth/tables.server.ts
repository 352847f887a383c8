import { z } from 'zod';
import { archived, type Tables } from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import { at, id } from '../kernel/db/archived.ts';
import { sameAs } from '../kernel/text/address.ts';
import { olderThan } from '../weddings/wedding.ts';

const ArchivedMember = z.strictObject({
	account: z.strictObject({ id, email: z.email(), name: z.string(), createdAt: at }),
	role: z.enum(['couple', 'helper']),
	createdAt: at
});
type ArchivedMember = z.output<typeof ArchivedMember>;

const LETS_IN = { staysBehind: 'it lets somebody in: nobody is signed in on another install' };

export const tables = {
	Account: {
		archive: { staysBehind: 'it travels with its member; whether it is disabled is for each install to say' },
		erasePerson: 'holds nothing',
		// those that have no other wedding
		eraseAll: (weddingId, tx) =>
			tx.account.deleteMany({ where: { members: { some: { weddingId }, every: { weddingId } } } }),
		expire: 'stays',
		restore: 'stays'
	},
	Member: {
		archive: archived({
			key: 'members',
			schema: z.array(ArchivedMember),
			leavesOut: { accountId: 'it stands in the account' },
			refersTo: {},
			collect(weddingId, tx) {
				const account = { select: { id: true, email: true, name: true, createdAt: true } };
				return tx.member.findMany({
					...{ where: { weddingId }, select: { account, role: true, createdAt: true } },
					orderBy: [{ createdAt: 'asc' }, { accountId: 'asc' }]
				});
			},
			async store(members, { weddingId, accounts }, tx) {
				for (const { account, role, createdAt } of members) {
					const accountId = await sameAccount(account, tx);
					accounts.set(account.id, accountId);
					await tx.member.create({ data: { accountId, weddingId, role, createdAt } });
				}
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	LoginLink: {
		archive: LETS_IN,
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.loginLink.deleteMany({ where: olderThan(limit) }),
		restore: 'empty'
	},
	Session: {
		archive: LETS_IN,
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.session.deleteMany({ where: olderThan(limit) }),
		restore: 'empty'
	}
} satisfies Tables;

/** Who has this address here already keeps the account, whose id the archive's rows then name. */
async function sameAccount({ id, email, name, createdAt }: ArchivedMember['account'], tx: Tx) {
	const known = await tx.account.findFirst({
		where: { email: sameAs(email) },
		select: { id: true }
	});
	return known?.id ?? (await tx.account.create({ data: { id, email, name, createdAt } })).id;
}
