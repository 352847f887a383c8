import { randomUUID } from 'node:crypto';
import { before, after, DAY } from '../../lib/kernel/clock.ts';
import { db } from '../../lib/kernel/db/db.server.ts';
import type { Viewer } from '../../lib/kernel/viewer.ts';
import type { Audience } from '../../lib/messages/audience.ts';
import * as mailings from '../../lib/messages/mailings.server.ts';
import * as sending from '../../lib/messages/sending.server.ts';

const hotel = {
	subject: { en: 'Where to sleep', nl: 'Waar je kunt slapen' },
	text: {
		en: `Dear {first_names},

The church and the barn are ten minutes apart, and we have kept rooms in between:

- **Hotel Dom**, ten rooms until the first of the month. Say “Anna & Ben” when you book.
- **The Strowis**, for those who can sleep anywhere.

Is someone coming by train? *Ben’s father drives back and forth on Friday night.* Write to [Noor](mailto:noor@example.org), who keeps the list.`,
		nl: `Lieve {first_names},

De kerk en de schuur liggen tien minuten van elkaar, en daartussenin houden we kamers vast:

- **Hotel Dom**, tien kamers tot de eerste van de maand. Zeg “Anna & Ben” als je boekt.
- **De Strowis**, voor wie overal slaapt.

Komt er iemand met de trein? *Bens vader rijdt vrijdagavond heen en weer.* Mail [Noor](mailto:noor@example.org), die houdt de lijst bij.`
	}
};

const party = {
	subject: { en: 'The party begins a little earlier', nl: 'Het feest begint iets eerder' },
	text: {
		en: `Dear {first_names},

Good news: the band can come sooner, so we dance from **half past eight**. Your answer, as we have it:

> {answer}

Is that not right any more? You can change it until {deadline}.`,
		nl: `Lieve {first_names},

Goed nieuws: de band kan eerder, dus we dansen vanaf **half negen**. Dit hebben jullie geantwoord:

> {answer}

Klopt dat niet meer? Aanpassen kan tot {deadline}.`
	}
};

const nudge = {
	subject: { en: 'Will you let us know?' },
	text: {
		en: 'Dear {first_names},\n\nThe caterer is asking, and so are we: will you be there? One tap is enough.'
	}
};

/** One that everybody has, one that leaves in ten days, and one that is not finished. */
export async function fill(viewer: Viewer, partyId: string): Promise<void> {
	const write = async (words: typeof hotel | typeof nudge, audience: Audience) => {
		const id = await mailings.add(viewer, { id: randomUUID(), version: '', ...words });
		await mailings.address(viewer, id, audience);
		return id;
	};
	const sent = await write(hotel, { to: 'everybody' });
	const everybody = await mailings.get(viewer, sent);
	await sending.send(viewer, sent, (await sending.findReach(viewer, everybody)).digest);
	// it was read last week
	const sentAt = before(6 * DAY);
	const { runId } = await db.mailing.update({
		where: { id: sent },
		data: { sentAt, createdAt: before(7 * DAY) }
	});
	await db.run.update({ where: { id: runId! }, data: { createdAt: sentAt } });
	await db.delivery.updateMany({ where: { message: { runId } }, data: { state: 'sent', sentAt } });
	await db.message.updateMany({ where: { runId }, data: { createdAt: sentAt, sendAfter: sentAt } });

	const soon = await write(party, { to: 'asked', event: partyId, said: 'yes' });
	await sending.schedule(viewer, soon, {
		local: `${after(10 * DAY)
			.toISOString()
			.slice(0, 10)}T18:00`
	});
	await write(nudge, { to: 'asked', event: '', said: 'silent' });
}
