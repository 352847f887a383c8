import * as trail from '../audit/trail.server.ts';
import { rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { isSameAddress } from '../kernel/text/address.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as letters from '../outbox/letters.server.ts';
import type { Draft, Kind } from '../outbox/message.ts';
import * as outbox from '../outbox/outbox.server.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Correction } from './correction.schema.ts';
import { enumerate, findAddressees } from './guest.ts';
import * as guests from './guests.server.ts';
import * as households from './households.server.ts';

/**
 * Gives those who have the address `before` the one that was meant, and sends what did not reach them there, written
 * anew. The same address again is tried once more. Gives back how many mails that are. Throws 409 when nobody has the
 * old one any more, the new one belongs to another household, or whoever has it called a mail of ours spam.
 */
export async function correct(viewer: Viewer, householdId: string, correction: Correction): Promise<number> {
	permit(viewer, 'mail:send');
	const { weddingId } = viewer;
	const { before, email } = correction;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		await guests.readdress(viewer, householdId, correction, tx);
		await suppressions.lift(weddingId, { address: email, reason: 'bounced', categories: ['all'] }, tx);
		const isSuppressed = await suppressions.find(weddingId, tx);
		if (isSuppressed(email)) throw new Problem(409, 'address_complained', { email });
		const household = await households.get(viewer, householdId, tx);
		const reader = findAddressees(household.guests).find(({ address }) => isSameAddress(address, email))!;
		const { language } = household;
		const lost = await collectLost(householdId, before, tx);
		const drafts = lost.map(({ kind, payload }) => ({
			...{ weddingId, kind, payload, language, householdId, guestId: reader.guestId },
			...{ address: email, name: enumerate(reader.names, language) }
		}));
		await outbox.put(drafts as unknown as Draft[], tx);
		await households.uninvite(viewer, householdId, tx);
		const data = { id: householdId, name: household.name, mails: drafts.length };
		await trail.record(viewer, 'household.readdressed', data, tx);
		return drafts.length;
	});
}

type Lost = { kind: Kind; payload: object };

/** What did not arrive there since, or was not even sent, once each; a link that somebody asked for is of no use later. */
async function collectLost(householdId: string, address: string, tx: Tx): Promise<Lost[]> {
	const found = await rows<Lost & { isLost: boolean }>(
		'mails-lost',
		`SELECT DISTINCT ON (m.kind, m.payload) m.kind, m.payload, 
			d.state IN ('skipped', 'failed', 'bounced') AS "isLost"
		FROM message m JOIN delivery d ON d.message_id = m.id
		WHERE m.household_id = $1::uuid AND lower(d.address) = lower($2)
			AND (d.state <> 'skipped' OR d.reason = 'bounced')
		ORDER BY m.kind, m.payload, m.created_at DESC, d.id DESC`,
		[householdId, address],
		tx
	);
	return found.filter(({ kind, isLost }) => isLost && !letters.isAskedFor(kind));
}
