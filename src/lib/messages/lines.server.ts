import * as trail from '../audit/trail.server.ts';
import { db, transaction } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { search } from '../people/household.ts';
import * as households from '../people/households.server.ts';
import { hold, refuseClosed } from './mailings.server.ts';

/** As many as a person writes to in one go, and a form has room for. */
const PAGE = 50;

export type LinePage = {
	homes: { id: string; name: string; guests: string; language: string; line: string }[];
	words: string;
	page: number;
	pages: number;
	written: number;
};

/** Every household with what is said to it alone, a page at a time, those with these words in their names. */
export async function list(
	viewer: Viewer,
	mailingId: string,
	{ words, page: asked }: { words: string; page: number }
): Promise<LinePage> {
	permit(viewer, 'mail:send');
	const stored = await db.personalLine.findMany({ where: { mailingId, weddingId: viewer.weddingId } });
	const lines = new Map(stored.map(({ householdId, text }) => [householdId, text]));
	const found = search(await households.list(viewer), words);
	const pages = Math.max(1, Math.ceil(found.length / PAGE));
	const page = Math.min(Math.max(1, asked || 1), pages);
	const homes = found.slice((page - 1) * PAGE, page * PAGE).map(({ id, name, guests, language }) => ({
		...{ id, name, language, guests: guests.map((guest) => guest.name).join(', ') },
		line: lines.get(id) ?? ''
	}));
	return { homes, words, page, pages, written: stored.length };
}

/** Those of the page; an empty one is taken away. Households that are gone are none any more. Throws 409 when it has left. */
export async function save(viewer: Viewer, mailingId: string, lines: Record<string, string>): Promise<void> {
	permit(viewer, 'mail:send');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		refuseClosed(await hold(viewer, mailingId, tx));
		const own = await tx.household.findMany({
			where: { weddingId, id: { in: Object.keys(lines) } },
			select: { id: true }
		});
		const householdId = { in: own.map(({ id }) => id) };
		await tx.personalLine.deleteMany({ where: { weddingId, mailingId, householdId } });
		const said = own.flatMap(({ id }) =>
			lines[id] ? { weddingId, mailingId, householdId: id, text: lines[id] } : []
		);
		await tx.personalLine.createMany({ data: said });
		await trail.record(viewer, 'mailing.personal', { id: mailingId, households: said.length }, tx);
	});
}
