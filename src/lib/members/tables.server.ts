import { z } from 'zod';
import { archived, type Tables } from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import { at, id } from '../kernel/db/archived.ts';
import { sameAs } from '../kernel/text/address.ts';
import { ROLES } from './member.ts';

const ArchivedMember = z.strictObject({
	account: z.strictObject({ id, email: z.email(), name: z.string(), createdAt: at }),
	role: z.enum(ROLES),
	greetedAt: at.nullable().default(null),
	createdAt: at
});
type ArchivedMember = z.output<typeof ArchivedMember>;

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
					...{ where: { weddingId }, select: { account, role: true, greetedAt: true, createdAt: true } },
					orderBy: [{ createdAt: 'asc' }, { accountId: 'asc' }]
				});
			},
			async store(members, { weddingId, accounts }, tx) {
				for (const { account, ...member } of members) {
					const accountId = await sameAccount(account, tx);
					accounts.set(account.id, accountId);
					await tx.member.create({ data: { accountId, weddingId, ...member } });
				}
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
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
