import * as links from '../lib/auth/links.server.ts';
import { db } from '../lib/kernel/db/db.server.ts';

/** Fresh login links for whoever has just started a local install: the couple's, and that of a guest with email. */
export async function main() {
	const member = await db.member.findFirst({ where: { role: 'couple' }, orderBy: { createdAt: 'asc' } });
	if (!member) {
		return console.log('Nobody can log in yet: npm run couple -- you@example.org makes the first account.');
	}
	const { weddingId, accountId } = member;
	const { url } = await links.make({ weddingId, accountId });
	console.log(`The couple:  ${url}`);

	const guest = await db.guest.findFirst({
		where: { weddingId, email: { not: null }, isChild: false },
		orderBy: { id: 'asc' }
	});
	if (!guest) return;
	const invited = await links.make({ weddingId, householdId: guest.householdId, guestId: guest.id });
	console.log(`A guest:     ${invited.url}`);
}
