import { readPasted, sameAs } from '../../lib/kernel/text/address.ts';
import { db } from '../../lib/kernel/db/db.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { isId } from '../../lib/kernel/files/stored.ts';

/** What the maintainer names on the command line, of all weddings of the install. */

/** The id of the wedding with this id or host, one without a host being at ORIGIN; a Problem that lists those that there are. */
export async function wedding(named: string): Promise<string> {
	const all = await db.wedding.findMany({
		select: { id: true, host: true, names: true },
		orderBy: { id: 'asc' }
	});
	const asked = named.toLowerCase();
	const isAtOrigin = asked === new URL(settings.ORIGIN).host;
	const found =
		all.find(({ id, host }) => id === asked || host === asked) ??
		all.find(({ host }) => host === null && isAtOrigin);
	if (found) return found.id;
	const known = all
		.map(({ id, host, names }) => `${host ?? id} (${names.replace(/\p{Cc}+/gu, ' ')})`)
		.join(', ');
	throw new Problem(
		`There is no wedding ${named}: give its host or its id. There ${known ? `are ${known}.` : 'is none.'}`
	);
}

/** The guests with this id or address: at more than one wedding, it may be. A Problem when there is none. */
export async function guests(named: string): Promise<{ id: string; weddingId: string }[]> {
	const id = named.toLowerCase();
	const where = isId(id) ? { id } : { email: sameAs(readPasted(named)) };
	const found = await db.guest.findMany({
		where,
		select: { id: true, weddingId: true },
		orderBy: { id: 'asc' }
	});
	if (found.length === 0) throw new Problem('There is no guest with this address or id.');
	return found;
}
