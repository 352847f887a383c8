import { m } from '../i18n/compiled/messages.js';
import { isolated } from '../i18n/isolated.ts';
import { readIn } from '../i18n/words.ts';
import { enumerate, firstName } from '../people/guest.ts';
import type { ReplyState, Sheet, SheetGuest } from './reply.ts';

type Said = ReplyState | 'silent';
type Box = { eventId: string; guest: SheetGuest; said: Said };
type Answered = Pick<Sheet, 'replies'> & { events: Pick<Sheet['events'][0], 'id' | 'name' | 'guests'>[] };
const ORDER: Said[] = ['yes', 'no', 'waiting', 'silent'];

/** How a household's answer stands: "Dinner: Maria and Jan are coming, Sofie isn't." Events with the same answer share a sentence. */
export function sayAnswer({ events, replies }: Answered, language: string): string {
	const boxes = events.flatMap(({ id, guests }) =>
		guests.map((guest): Box => ({ eventId: id, guest, said: replies[id]?.[guest.id]?.state ?? 'silent' }))
	);
	const count = new Set(boxes.map(({ guest }) => guest.id)).size;
	if (boxes.every(({ said }) => said === 'yes')) return m.rsvp_line_all({ count });
	if (boxes.every(({ said }) => said === 'no')) return m.rsvp_line_nobody({ count });

	const sentences = new Map<string, string[]>();
	for (const { id, name } of events) {
		const own = boxes.filter(({ eventId }) => eventId === id);
		const answers = sayEvent(own, language);
		sentences.set(answers, [...(sentences.get(answers) ?? []), isolated(readIn(name, language))]);
	}
	return [...sentences]
		.map(([answers, names]) => m.rsvp_line_event({ events: enumerate(names, language), answers }))
		.join(' ');
}

function sayEvent(boxes: Box[], language: string): string {
	const parts = ORDER.flatMap((said) => {
		const guests = boxes
			.filter((box) => box.said === said)
			.map(({ guest }) => isolated(firstName(guest.name)));
		return guests.length ? { said, words: { names: enumerate(guests, language), count: guests.length } } : [];
	});
	const isAnyoneComing = parts[0]?.said === 'yes';
	const say = {
		yes: m.rsvp_line_yes,
		no: isAnyoneComing ? m.rsvp_line_not : m.rsvp_line_no,
		waiting: m.rsvp_line_waiting,
		silent: m.rsvp_line_silent
	};
	return parts.map(({ said, words }) => say[said](words)).join(', ');
}
