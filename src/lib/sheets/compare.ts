import { fold } from '../kernel/text/fold.ts';
import type { HouseholdState } from '../people/bulk.ts';
import { joinNames, MOST_GUESTS } from '../people/household.ts';
import type { Difference, FieldName } from './difference.ts';
import type { Chosen, Entry, Question, Trouble } from './entry.ts';
import { settleHomes, type Settled } from './homes.ts';
import { type GuestState, type Known, type KnownGuest, List, type Place } from './known.ts';
import { type Met, meet, trace } from './people.ts';

type Asked = { entries: Entry[]; troubles: Trouble[]; questions: Question[] };
type Around = { homes: Known[]; chosen: Chosen; language: string; makeId: () => string };

/** What a table would change on the list. What it leaves empty wipes nothing, and whom it does not name stays. */
export function compare(
	{ entries, ...asked }: Asked,
	{ homes, chosen, language, makeId }: Around
): Difference {
	const list = new List(homes);
	const questions = [...asked.questions];
	const difference: Difference = {
		...{ added: [], changed: [], moved: [], unchanged: 0, changes: { households: [], guests: [] } },
		...{ questions, troubles: [...asked.troubles] }
	};
	const settled = settleHomes(entries, { list, chosen, questions });
	const all = settled.map((one) => ({ ...one, met: meet(one, { list, chosen, questions }) }));
	const met = new Set(all.flatMap((one) => one.met.flatMap(({ known }) => known ?? [])));
	const isMet = ({ guest }: Place) => met.has(guest);
	for (const { entry, home, met } of all) {
		const traced = met.flatMap((one) =>
			one.known || isOpen(one, questions, chosen)
				? [one]
				: (trace(one, isMet, { list, chosen, questions }) ?? [])
		);
		const people = traced.filter((one) => !isOpen(one, questions, chosen));
		addHousehold({ entry, home }, people, { difference, language, makeId });
	}
	refuseTaken(difference, list);
	return difference;
}

/** Nobody has said yet who this is, or it was left out. */
function isOpen({ typed, known }: Met, questions: Question[], chosen: Chosen): boolean {
	const key = `person${typed.line}`;
	return !known && questions.some((question) => question.key === key) && chosen[key] !== 'new';
}

type Into = { difference: Difference; language: string; makeId: () => string };

function addHousehold({ entry, home }: Settled, met: Met[], { difference, language, makeId }: Into): void {
	const { changes, troubles } = difference;
	const added = met.filter(({ known, from }) => !known || from);
	if (!home && added.length === 0) return;
	const count = (home?.guests.length ?? 0) + added.length;
	if (count > MOST_GUESTS)
		troubles.push({ line: entry.line, column: '', code: 'guests_many', params: {}, isRemark: false });
	const id = home?.id ?? makeId();
	const after = complete(entry, home, language);
	if (!home) changes.households.push({ id, before: null, after });
	else changeHousehold(home, after, { difference, line: entry.line });
	let position = Math.max(-1, ...(home?.guests ?? []).map((guest) => guest.position));
	const fresh: string[] = [];
	for (const { typed, known, from } of met) {
		const before = known && stateOf(known, from?.home.id ?? id);
		const isHere = known && !from;
		const state: GuestState = {
			...{ householdId: id, name: typed.name, position: isHere ? known.position : ++position },
			email: isSame(typed.email, known?.email) ? (known?.email ?? null) : typed.email!,
			isChild: typed.isChild ?? known?.isChild ?? false,
			diet: typed.diet ?? known?.diet ?? ''
		};
		if (from)
			difference.moved.push({ line: typed.line, name: typed.name, from: from.home.name, to: after.name });
		else if (!known) fresh.push(typed.name);
		if (before && changeGuest(before, state, { difference, line: typed.line }) === 0 && isHere)
			difference.unchanged++;
		else changes.guests.push({ id: known?.id ?? makeId(), before: before ?? null, after: state });
	}
	if (fresh.length > 0)
		difference.added.push({ line: entry.line, household: after.name, isNew: !home, guests: fresh });
}

const stateOf = ({ id: _, ...known }: KnownGuest, householdId: string): GuestState => ({
	householdId,
	...known
});

/** Nothing typed is nothing new; nobody's mailbox minds capitals. */
const isSame = (typed: string | undefined, known: string | null | undefined) =>
	!typed || typed.toLowerCase() === known?.toLowerCase();

function complete({ name, given, guests }: Entry, home: Known | undefined, usual: string): HouseholdState {
	const language = given.language ?? home?.language ?? usual;
	const known = home && {
		...{ address: home.address, phone: home.phone, plusOnes: home.plusOnes, note: home.note, tags: home.tags }
	};
	const state = { address: '', phone: '', plusOnes: 0, note: '', tags: [], ...known, ...given, language };
	const tags = home && isSameTags(state.tags, home.tags) ? home.tags : state.tags;
	return { ...state, tags, name: name || home?.name || joinNames({ guests, language }) };
}

function isSameTags(one: string[], other: string[]): boolean {
	return new Set(one.map(fold)).symmetricDifference(new Set(other.map(fold))).size === 0;
}

type Noting = { difference: Difference; line: number };

function changeHousehold(
	{ id, guests: _, ...before }: Known,
	after: HouseholdState,
	{ difference, line }: Noting
) {
	const fields = ['name', 'language', 'address', 'phone', 'plusOnes', 'note', 'tags'] as const;
	if (note(before, after, fields, { difference, line, owner: before.name }) > 0)
		difference.changes.households.push({ id, before, after });
}

function changeGuest(before: GuestState, after: GuestState, { difference, line }: Noting): number {
	const fields = ['name', 'email', 'isChild', 'diet'] as const;
	return note(before, after, fields, { difference, line, owner: before.name });
}

/** Writes down which of these fields are different; how many. */
function note<State extends object>(
	before: State,
	after: State,
	fields: readonly (keyof State & FieldName)[],
	{ difference, line, owner }: Noting & { owner: string }
): number {
	const say = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));
	const changed = fields.filter((field) => say(before[field]) !== say(after[field]));
	for (const field of changed)
		difference.changed.push({ line, owner, field, from: say(before[field]), to: say(after[field]) });
	return changed.length;
}

/** Whose new address is that of somebody in another household, who keeps it. */
function refuseTaken({ changes, troubles, changed }: Difference, list: List): void {
	const leaving = new Set(
		changes.guests.flatMap(({ id, before, after }) =>
			before?.email && before.email.toLowerCase() !== after?.email?.toLowerCase() ? id : []
		)
	);
	const moving = new Map(changes.guests.map(({ id, after }) => [id, after?.householdId]));
	for (const { id, after } of changes.guests) {
		if (!after?.email) continue;
		const other = list
			.withEmail(after.email)
			.find(
				({ home, guest }) =>
					guest.id !== id && !leaving.has(guest.id) && (moving.get(guest.id) ?? home.id) !== after.householdId
			);
		if (!other) continue;
		const line = changed.find(({ to }) => to === after.email)?.line ?? 0;
		const params = { email: after.email, household: other.home.name };
		troubles.push({ line, column: '', code: 'email_elsewhere', params, isRemark: false });
	}
}
