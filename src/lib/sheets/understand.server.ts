import { fold } from '../kernel/text/fold.ts';
import { MOST_PLUS_ONES } from '../people/household.ts';
import { parseCell } from './cell.schema.ts';
import type { Chosen, Entry, EntryGuest, Question, Trouble } from './entry.ts';
import { group, type Grouped } from './group.ts';
import type { List } from './known.ts';
import type { Field } from './headers.ts';
import type { Mapping } from './mapping.ts';
import { readAge, splitNames, takePlusOnes } from './names.ts';
import { type Row, UNCALCULATED } from './sheet.ts';
import * as values from './values.ts';

export type Understood = { entries: Entry[]; troubles: Trouble[]; questions: Question[] };

type Table = { rows: Row[]; names: string[]; mapping: Mapping };
/** The languages that the site speaks, and the day on which a child is one. */
export type Around = { languages: readonly string[]; day: Date; list: List };

/** What the rows below a header say, household by household. */
export function understand({ rows, names, mapping }: Table, around: Around, chosen: Chosen): Understood {
	const readers = rows.map((row) => new Reader(row, names, mapping));
	const grouped = group(
		readers.map((reader) => ({
			line: reader.line,
			isEmpty: reader.isEmpty,
			number: reader.get('number'),
			household: reader.takeMore(reader.get('household') ?? '').text.trim()
		})),
		chosen
	);
	const questions = [...grouped.questions];
	const seen = new Map<string, Entry>();
	const entries = grouped.groups.flatMap((own) => {
		const entry = readEntry(own, readers, { mapping, around });
		return own.isNumbered ? [entry] : askSame(entry, { chosen, questions, list: around.list });
	});
	for (const entry of entries) askShared(entry, { seen, chosen, questions });
	const kept = entries.filter(({ guests }) => guests.length > 0);
	return { entries: kept, troubles: readers.flatMap(({ troubles }) => troubles), questions };
}

/** One row, cell by cell; writes down what cannot be taken. */
class Reader {
	readonly line: number;
	readonly isEmpty: boolean;
	readonly troubles: Trouble[] = [];
	#cells: Partial<Record<Field, string>> = {};
	#names: Partial<Record<Field, string>> = {};

	constructor({ line, cells }: Row, names: string[], { columns }: Mapping) {
		this.line = line;
		this.isEmpty = cells.every((cell) => !cell);
		for (const [at, field] of columns.entries()) {
			if (!field) continue;
			const cell = cells[at] ?? '';
			this.#names[field] = names[at] ?? '';
			this.#cells[field] = values.isNothing(cell) ? '' : cell;
			if (cell === UNCALCULATED || /^#(N\/A|NAME\?|REF!|VALUE!|DIV\/0!|NUM!|NULL!)$/.test(cell)) {
				this.complain(field, 'cell_formula');
				this.#cells[field] = '';
			}
		}
	}

	/** What the site itself wrote has a number for each household, and nothing in its names but names. */
	get isOurs(): boolean {
		return !!this.get('number');
	}

	takeMore(text: string): { text: string; more: number } {
		return this.isOurs ? { text, more: 0 } : takePlusOnes(text);
	}

	/** Undefined where the table has no such column. */
	get(field: Field): string | undefined {
		return this.#cells[field];
	}

	complain(
		field: Field,
		code: string,
		{ isRemark = false, ...params }: { isRemark?: boolean; value?: string } = {}
	) {
		const column = this.#names[field] ?? '';
		this.troubles.push({ line: this.line, column, code, params, isRemark });
	}

	/** A cell that says something, as its field takes it. */
	parse<Kind extends Parameters<typeof parseCell>[0]>(kind: Kind, cell = this.get(kind)) {
		if (!cell) return undefined;
		const { value, code } = parseCell(kind, cell);
		if (code) this.complain(kind, code === 'too_long' ? 'cell_too_long' : code, { value: cell.slice(0, 80) });
		return value;
	}
}

type How = { mapping: Mapping; around: Around };

function readEntry({ at, name }: Grouped, readers: Reader[], how: How): Entry {
	const rows = at.map((place) => readers[place]!);
	const guests: EntryGuest[] = [];
	let more = 0;
	for (const reader of rows) {
		const read = readGuests(reader, how);
		guests.push(...read.guests);
		more += read.more;
	}
	const first = rows[0]!;
	const household = first.takeMore(first.get('household') ?? '');
	return {
		line: first.line,
		name: first.parse('household', name) ?? '',
		given: readGiven(rows, more || household.more || undefined, how.around),
		guests
	};
}

const NOBODY = /^(\+\s*\d|(\+\s*)?(plus one|guest|partner|introducee|n\.?n\.?|tbd|tba))$/i;

function readGuests(reader: Reader, { mapping, around }: How): { guests: EntryGuest[]; more: number } {
	const { columns, shape } = mapping;
	const hasNames = columns.includes('name') || columns.includes('lastName') || columns.includes('firstName');
	const isHome = shape === 'household' || !hasNames;
	const parts = [reader.get('firstName'), reader.get('name') ?? reader.get('lastName')];
	const cell = hasNames ? parts.filter(Boolean).join(' ') : (reader.get('household') ?? '');
	if (NOBODY.test(cell) && !reader.isOurs) return { guests: [], more: Number(/\d/.exec(cell)?.[0] ?? 1) };
	const { text, more } = reader.takeMore(cell);
	const people = isHome ? splitNames(text) : text ? [reader.isOurs ? { name: text } : readAge(text)] : [];
	// a line of the same household that says no more than, say, the second line of its address
	if (people.length === 0 && !reader.get('email') && !reader.get('phone')) {
		if (reader.get('household') && shape === 'guest') reader.complain('name', 'required');
		return { guests: [], more };
	}
	if (people.length === 0) reader.complain('name', 'required');
	const emails = values.splitEmails(reader.get('email') ?? '').map((email) => reader.parse('email', email));
	if (emails.length > Math.max(1, people.length)) reader.complain('email', 'cell_emails', { isRemark: true });
	const isChild = readChild(reader, { count: people.length, day: around.day });
	const diet = people.length === 1 ? reader.parse('diet') : undefined;
	if (people.length > 1 && reader.get('diet')) reader.complain('diet', 'cell_diet', { isRemark: true });
	const guests = people.flatMap(({ name, age }, at): EntryGuest[] => {
		const value = reader.parse('name', name);
		if (!value) return [];
		const child = age === undefined ? isChild : age < values.GROWN_UP;
		const email = emails[at];
		return [
			{
				line: reader.line,
				name: value,
				...(email && { email }),
				...(child !== undefined && { isChild: child }),
				...(diet && { diet })
			}
		];
	});
	return { guests, more };
}

/** Of a row with one guest; of several only their ages tell who is one. */
function readChild(reader: Reader, { count, day }: { count: number; day: Date }): boolean | undefined {
	const [child, age, born] = [reader.get('child'), reader.get('age'), reader.get('born')];
	if (count !== 1) return undefined;
	if (child) {
		const isChild = values.readYes(child);
		if (isChild === undefined) reader.complain('child', 'cell_yes_no', { value: child });
		return isChild;
	}
	if (age) {
		const years = /^\d{1,3}/.exec(age)?.[0];
		if (!years) reader.complain('age', 'cell_age', { value: age });
		return years ? Number(years) < values.GROWN_UP : undefined;
	}
	if (!born) return undefined;
	const isChild = values.isChildOn(born, day);
	if (isChild === undefined) reader.complain('born', 'cell_born', { value: born });
	return isChild;
}

/** Of the household, from whichever of its rows says it first; groups and notes from all of them. */
function readGiven(rows: Reader[], more: number | undefined, { languages }: Around): Entry['given'] {
	const given: Entry['given'] = {};
	const notes: string[] = [];
	const tags = new Map<string, string>();
	for (const reader of rows) {
		const phone = reader.parse('phone');
		if (phone && given.phone && phone !== given.phone)
			reader.complain('phone', 'cell_phones', { isRemark: true, value: phone });
		given.phone ??= phone;
		given.address ??= readAddress(reader);
		given.language ??= readSpoken(reader, languages);
		given.plusOnes ??= readPlusOnes(reader);
		for (const tag of reader.parse('tags') ?? []) tags.set(fold(tag), tags.get(fold(tag)) ?? tag);
		const note = reader.parse('note');
		if (note && !notes.includes(note)) notes.push(note);
	}
	given.plusOnes ??= more && Math.min(more, MOST_PLUS_ONES);
	if (tags.size > 0) given.tags = [...tags.values()].slice(0, 12);
	if (notes.length > 0) given.note = notes.join('\n').slice(0, 2000);
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function readAddress(reader: Reader): string | undefined {
	const whole = reader.get('address');
	const place = [reader.get('postcode'), reader.get('city')].filter(Boolean).join(' ');
	const parts = [whole ?? reader.get('street'), place, reader.get('country')].filter(Boolean);
	return reader.parse('address', parts.join('\n'));
}

function readSpoken(reader: Reader, spoken: readonly string[]): string | undefined {
	const cell = reader.get('language');
	if (!cell) return undefined;
	const language = values.readLanguage(cell);
	if (language && spoken.includes(language)) return language;
	reader.complain('language', 'cell_language', { isRemark: true, value: cell.slice(0, 40) });
}

function readPlusOnes(reader: Reader): number | undefined {
	const cell = reader.get('plusOnes');
	if (!cell) return undefined;
	// a name says that there is one
	const count = values.readCount(cell) ?? (/\d/.test(cell) ? undefined : 1);
	if (count !== undefined && count <= MOST_PLUS_ONES) return count;
	reader.complain('plusOnes', 'plus_ones', { value: cell });
}

type Asking = { chosen: Chosen; questions: Question[] };

/** Somebody of this name is in the household already: who of the three it is, the list knows, or only a person. */
function askSame(entry: Entry, { chosen, questions, list }: Asking & { list: List }): Entry[] {
	const first = new Map<string, EntryGuest>();
	const apart: Entry[] = [];
	entry.guests = entry.guests.filter((guest) => {
		const other = first.get(fold(guest.name));
		if (!other) return first.set(fold(guest.name), guest);
		const known = findKnown(guest, other, list);
		const key = `same${guest.line}`;
		if (!known) questions.push(askWho(key, guest, entry));
		const picked = known ?? chosen[key];
		if (picked === 'apart') apart.push({ ...entry, line: guest.line, guests: [guest] });
		return picked === 'together';
	});
	return [entry, ...apart];
}

function askWho(key: string, { line, name }: EntryGuest, entry: Entry): Question {
	const options = (['apart', 'together', 'skip'] as const).map((kind) => ({ value: kind, kind, name: '' }));
	return { key, line, kind: 'same', params: { name, other: entry.name || name }, options };
}

/** Two of one name whose addresses are both on the list under that name. */
function findKnown(one: EntryGuest, other: EntryGuest, list: List): 'apart' | 'together' | undefined {
	const [first, second] = [one, other].map(({ name, email }) =>
		list.withEmail(email).find(({ guest }) => fold(guest.name) === fold(name))
	);
	if (!first || !second || first.guest === second.guest) return undefined;
	return first.home === second.home ? 'together' : 'apart';
}

/** One address in two households: a person says whose it is. */
function askShared(entry: Entry, { seen, chosen, questions }: Asking & { seen: Map<string, Entry> }): void {
	entry.guests = entry.guests.filter((guest) => {
		const address = guest.email?.toLowerCase();
		const other = address && seen.get(address);
		if (!address || !other || other === entry) {
			if (address) seen.set(address, entry);
			return true;
		}
		const key = `email${guest.line}`;
		const options = (['without', 'skip'] as const).map((kind) => ({ value: kind, kind, name: '' }));
		const params = { name: guest.name, other: other.guests[0]?.name ?? other.name };
		questions.push({ key, line: guest.line, kind: 'email', params, options });
		delete guest.email;
		return chosen[key] === 'without';
	});
}
