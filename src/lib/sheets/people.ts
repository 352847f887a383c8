import { fold } from '../kernel/text/fold.ts';
import { isSameAddress } from '../kernel/text/address.ts';
import type { Chosen, EntryGuest, Option, Question } from './entry.ts';
import type { Settled } from './homes.ts';
import type { KnownGuest, List, Place } from './known.ts';

/** A guest of the table, with who it is on the list: somebody of the same household, or of another one that they leave. */
export type Met = { typed: EntryGuest; known?: KnownGuest; from?: Place };
type Asking = { list: List; chosen: Chosen; questions: Question[] };

/** Who each guest of a household is: by their name, else by their address. */
export function meet({ entry, home }: Settled, { chosen, questions }: Asking): Met[] {
	if (!home) return entry.guests.map((typed) => ({ typed }));
	const free = new Set(home.guests);
	const met = new Map<EntryGuest, KnownGuest | undefined>();
	const claim = (typed: EntryGuest, known: KnownGuest | undefined) => {
		met.set(typed, known);
		if (known) free.delete(known);
	};
	for (const typed of entry.guests) {
		const alike = [...free].filter(({ name }) => fold(name) === fold(typed.name));
		const same = alike.filter(({ email }) => typed.email && isSameAddress(email, typed.email));
		if (alike.length === 1) claim(typed, alike[0]);
		else if (same.length === 1) claim(typed, same[0]);
		else if (alike.length > 1) {
			const picked = choose(typed, alike, { chosen, questions });
			if (picked) claim(typed, picked === 'new' ? undefined : picked);
			else met.set(typed, undefined);
		}
	}
	for (const typed of entry.guests) {
		if (met.has(typed)) continue;
		const same = [...free].filter(({ email }) => typed.email && isSameAddress(email, typed.email));
		claim(typed, same.length === 1 ? same[0] : undefined);
	}
	return entry.guests.map((typed) => ({ typed, known: met.get(typed) }));
}

function choose(
	{ line, name, email }: EntryGuest,
	alike: KnownGuest[],
	{ chosen, questions }: Pick<Asking, 'chosen' | 'questions'>
): KnownGuest | 'new' | undefined {
	const key = `person${line}`;
	const known = alike.map((guest): Option => ({
		value: guest.id,
		kind: 'known',
		name: guest.email ?? guest.name
	}));
	const others = (['new', 'skip'] as const).map((kind): Option => ({ value: kind, kind, name: '' }));
	questions.push({
		key,
		line,
		kind: 'person',
		params: { name, other: email ?? '' },
		options: [...known, ...others]
	});
	return chosen[key] === 'new' ? 'new' : alike.find(({ id }) => id === chosen[key]);
}

/**
 * Somebody who is new to a household may be on the list elsewhere: with this address surely, with this name perhaps.
 * `isMet` says whether the table has that one in their own household.
 */
export function trace(
	met: Met,
	isMet: (place: Place) => boolean,
	{ list, chosen, questions }: Asking
): Met | undefined {
	const { typed } = met;
	const { line, name, email } = typed;
	const [owner] = email ? list.withEmail(email) : [];
	const namesakes = /\S\s+\S/.test(name) ? list.withGuest(name).filter((place) => !isMet(place)) : [];
	const place = owner ?? (namesakes.length === 1 ? namesakes[0] : undefined);
	if (!place) return met;
	const kind = owner ? 'moved' : 'namesake';
	const key = `${kind}${line}`;
	const mayMove = !isMet(place) && place.home.guests.length > 1;
	const kinds = [
		...(mayMove ? ['move' as const] : []),
		...(owner ? ['without' as const] : ['new' as const]),
		'skip' as const
	];
	const options = kinds.map((one): Option => ({ value: one, kind: one, name: '' }));
	questions.push({ key, line, kind, params: { name, other: place.home.name }, options });
	if (mayMove && chosen[key] === 'move') return { typed, known: place.guest, from: place };
	if (chosen[key] === 'new') return met;
	if (chosen[key] === 'without') return { typed: { ...typed, email: undefined } };
	return undefined;
}
