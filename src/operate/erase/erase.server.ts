import * as trail from '../../lib/audit/trail.server.ts';
import { rows, transaction, type Tx } from '../../lib/kernel/db/db.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { permit, type Viewer } from '../../lib/kernel/viewer.ts';
import * as leaving from '../../lib/people/leaving.server.ts';
import { tables } from '../tables.server.ts';
import { collectGone } from './gone.server.ts';

/** A large wedding has tens of thousands of rows. */
const PATIENCE = { timeout: 120_000, maxWait: 10_000 };

export type ErasedGuest = {
	scores: number;
	mails: number;
	/** whom they had brought, who are erased with them */
	plusOnes: string[];
	/** the name of the household that stays, for it may hold theirs; null when it went too */
	household: string | null;
};

/**
 * Takes everything about a guest out for good: their row, scores, sessions and links, the mails to them, and what
 * the audit says of them; those whom they brought along, likewise; the household too, when nobody else is in it. A mail
 * to an address that somebody else of the wedding has stays, without a name. Throws 404.
 */
export async function guest(viewer: Viewer, id: string): Promise<ErasedGuest> {
	permit(viewer, 'people:edit');
	const { gone, plusOnes, isLast, household } = await transaction(async (tx) => {
		const gone = collectGone();
		const plusOnes = await leaving.listPlusOnes(viewer.weddingId, id, tx);
		for (const plusOne of plusOnes) await eraseOne(viewer, plusOne, gone, tx);
		return { gone, plusOnes, ...(await eraseOne(viewer, id, gone, tx)) };
	}, PATIENCE);
	await gone.finish();
	return {
		...{ scores: gone.count('Score'), mails: gone.count('Message'), plusOnes },
		household: isLast ? null : household.name
	};
}

async function eraseOne(viewer: Viewer, id: string, gone: ReturnType<typeof collectGone>, tx: Tx) {
	const guest = await leaving.hold(viewer.weddingId, id, tx);
	for (const { model, erasePerson } of tables.toReversed())
		if (typeof erasePerson === 'function') gone.add(model, await erasePerson(guest, tx));
	await trail.record(viewer, 'guest.erased', { id }, tx);
	return guest;
}

export type ErasedWedding = { guests: number; recordings: number; accounts: number };

/**
 * Takes a wedding out for good: all its rows, its recordings, and the accounts that have no other. What is left is an
 * audit entry that says when, by whom, and the id that it had. Throws 404.
 */
export async function wedding(viewer: Viewer): Promise<ErasedWedding> {
	permit(viewer, 'wedding:edit');
	const { weddingId } = viewer;
	const gone = await transaction(async (tx) => {
		// nothing is added to it from here on, a recording whose file would stay say
		const lock = 'SELECT 1 FROM wedding WHERE id = $1::uuid FOR UPDATE';
		const there = await rows('wedding-lock', lock, [weddingId], tx);
		if (there.length === 0) throw new Problem(404, 'gone');
		const gone = collectGone();
		for (const { model, eraseAll } of tables.toReversed())
			if (typeof eraseAll === 'function') gone.add(model, await eraseAll(weddingId, tx));
		await trail.recordErased(viewer, tx);
		return gone;
	}, PATIENCE);
	await gone.finish();
	return {
		guests: gone.count('Guest'),
		recordings: gone.count('Recording'),
		accounts: gone.count('Account')
	};
}
