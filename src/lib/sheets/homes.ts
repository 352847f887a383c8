import type { Chosen, Entry, Option, Question } from './entry.ts';
import type { Known, List } from './known.ts';

/** A household of the table with the one of the list that it is, or none where it is new. */
export type Settled = { entry: Entry; home: Known | undefined };
type Asking = { list: List; chosen: Chosen; questions: Question[] };

/** Which household of the list each one is. Where a name, an address and a guest do not say, a person is asked. */
export function settleHomes(entries: Entry[], { list, chosen, questions }: Asking): Settled[] {
	const taken = new Set<Known>();
	const settled = new Map<Entry, Known | undefined>();
	const claim = (entry: Entry, home: Known | undefined) => {
		settled.set(entry, home);
		if (home) taken.add(home);
	};
	const free = (homes: Known[]) => [...new Set(homes)].filter((home) => !taken.has(home));
	// those that nobody can doubt come first: of two of one name the other one is then known too
	for (const entry of entries) {
		const named = list.named(entry.name);
		const sure = findMembers(entry, list).filter((home) => !entry.name || named.includes(home));
		if (free(sure).length === 1) claim(entry, free(sure)[0]);
	}
	for (const entry of entries) {
		if (settled.has(entry)) continue;
		const named = free(entry.name ? list.named(entry.name) : findGuests(entry, list));
		const alike = named.filter((home) => findGuests(entry, list).includes(home));
		if (named.length === 1) claim(entry, named[0]);
		else if (alike.length === 1) claim(entry, alike[0]);
		else if (named.length > 1) choose(entry, named, { chosen, questions, claim });
		else rename(entry, free(findMembers(entry, list)), { chosen, questions, claim });
	}
	return entries.flatMap((entry) => (settled.has(entry) ? [{ entry, home: settled.get(entry) }] : []));
}

/** Those of the list that somebody with one of these addresses is in. */
function findMembers({ guests }: Entry, list: List): Known[] {
	return [...new Set(guests.flatMap(({ email }) => list.withEmail(email).map(({ home }) => home)))];
}

function findGuests({ guests }: Entry, list: List): Known[] {
	return [...new Set(guests.flatMap(({ name }) => list.withGuest(name).map(({ home }) => home)))];
}

type Choosing = {
	chosen: Chosen;
	questions: Question[];
	claim: (entry: Entry, home: Known | undefined) => void;
};

const say = ({ guests }: { guests: { name: string; email?: string | null }[] }) =>
	guests.map(({ name, email }) => (email ? `${name} (${email})` : name)).join(', ');

/** Several households of this name. */
function choose(entry: Entry, homes: Known[], { chosen, questions, claim }: Choosing): void {
	const key = `which${entry.line}`;
	const known = homes.map((home): Option => ({ value: home.id, kind: 'known', name: say(home) }));
	const others = (['new', 'skip'] as const).map((kind): Option => ({ value: kind, kind, name: '' }));
	const params = { name: entry.name || entry.guests[0]!.name, other: say(entry) };
	questions.push({ key, line: entry.line, kind: 'which', params, options: [...known, ...others] });
	const picked = chosen[key];
	const home = homes.find(({ id }) => id === picked);
	if (home || picked === 'new') claim(entry, home);
}

/** Somebody of it is on the list in a household of another name. */
function rename(entry: Entry, homes: Known[], { chosen, questions, claim }: Choosing): void {
	if (homes.length !== 1) return claim(entry, undefined);
	const [home] = homes as [Known];
	const key = `renamed${entry.line}`;
	const kinds = ['rename', 'new', 'skip'] as const;
	const options = kinds.map((kind): Option => ({ value: kind, kind, name: '' }));
	questions.push({
		key,
		line: entry.line,
		kind: 'renamed',
		params: { name: entry.name, other: home.name },
		options
	});
	if (chosen[key] === 'rename') claim(entry, home);
	if (chosen[key] === 'new') claim(entry, undefined);
}
