import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import type { Difference } from './difference.ts';
import type { Chosen } from './entry.ts';
import { type Known, List } from './known.ts';
import { guess } from './mapping.ts';
import readTask from './read-task.ts';
import type { Sheet } from './sheet.ts';
import { understand } from './understand.server.ts';

const samples = join(import.meta.dirname, '../../testing/sheets');
const day = new Date('2027-06-12');

async function open(given: { path: string } | { text: string }): Promise<Sheet> {
	const answer = await readTask(given);
	if ('code' in answer) throw new Error(answer.code);
	return answer.sheets[0]!;
}
const sample = (name: string) => open({ path: join(samples, name) });
const typed = (text: string) => open({ text });

let count = 0;
function look(sheet: Sheet, homes: Known[] = [], chosen: Chosen = {}): Difference {
	const { header, names, mapping } = guess(sheet)!;
	const rows = sheet.rows.slice(header + 1);
	const around = { languages: ['en', 'nl'], day, list: new List(homes) };
	const understood = understand({ rows, names, mapping }, around, chosen);
	return compare(understood, { homes, chosen, language: 'nl', makeId: () => `id${++count}` });
}

/** The list as it is once this is stored. */
function store(homes: Known[], { changes }: Difference): Known[] {
	const byId = new Map(homes.map((home) => [home.id, { ...home, guests: [] as Known['guests'] }]));
	for (const { id, after } of changes.households) byId.set(id, { id, ...after!, guests: [] });
	const guests = new Map(
		homes.flatMap(({ id: householdId, guests }) => guests.map((one) => [one.id, { householdId, ...one }]))
	);
	for (const { id, after } of changes.guests) guests.set(id, { id, ...after! });
	for (const { householdId, ...guest } of guests.values()) byId.get(householdId)!.guests.push(guest);
	for (const { guests } of byId.values()) guests.sort((one, other) => one.position - other.position);
	return [...byId.values()];
}
const show = (homes: Known[]) =>
	homes.map(({ name, phone, plusOnes, guests }) => [
		...[name, phone, plusOnes],
		guests.map(({ name, email, isChild }) =>
			[name, email, ...(isChild ? ['child'] : [])].filter(Boolean).join(' ')
		)
	]);
const asked = ({ questions }: Difference) => questions.map(({ key }) => key);
const troubles = ({ troubles }: Difference) => troubles.map(({ line, column, code }) => [line, column, code]);

describe('a list with a row for each guest', () => {
	it('becomes households, with what people write into cells', async () => {
		const sheet = await sample('gastenlijst.xlsx');
		const first = look(sheet);
		expect(asked(first)).toEqual(['same14']);
		expect(troubles(first)).toEqual([
			[5, 'Telefoon', 'cell_phones'],
			[10, 'Taal', 'cell_language'],
			[11, 'Taal', 'cell_language']
		]);
		const second = look(sheet, [], { same14: 'apart' });
		expect(show(store([], second))).toEqual([
			[
				'Familie de Groot',
				'31612345678',
				0,
				['Anneke de Groot anneke.degroot@example.org', 'Ruud de Groot', 'Mees de Groot child']
			],
			['Oma Riet & Opa Wim', '030-1234567', 0, ['Riet de Boer riet@example.org', 'Wim de Boer']],
			[
				'Zoë & Émile',
				'+33 6 12 34 56 78',
				0,
				['Zoë Laurent zoe@example.org', 'Émile Laurent emile@example.org']
			],
			['Søren O’Brien', '+4520123456', 0, ['Søren O’Brien soren@example.org']],
			['Jan de Vries', '', 0, ['Jan de Vries jan1@example.org']],
			['Jan de Vries', '', 0, ['Jan de Vries jan2@example.org']]
		]);
	});

	it.each(['gastenlijst.xlsx', 'gastenlijst-windows.csv', 'gastenlijst-unicode.txt'])(
		'changes nothing and asks nothing when it comes again as %s',
		async (name) => {
			const homes = store([], look(await sample('gastenlijst.xlsx'), [], { same14: 'apart' }));
			const { added, changed, moved, unchanged, questions } = look(await sample(name), homes);
			expect({ added, changed, moved, questions }).toEqual({
				added: [],
				changed: [],
				moved: [],
				questions: []
			});
			expect(unchanged).toBe(10);
		}
	);

	it('has a child by a day of birth, whichever number the month is', async () => {
		const sheet = await typed(
			'Naam;Geboren\nMees;06/19/2019\nRuud;11/30/1959\nTwijfel;01/12/2014\nEva;19.06.2019'
		);
		expect(store([], look(sheet)).flatMap(({ guests }) => guests.map(({ isChild }) => isChild))).toEqual([
			...[true, false, false, true]
		]);
		expect(troubles(look(await typed('Naam;Geboren\nMees;ooit')))).toEqual([[2, 'Geboren', 'cell_born']]);
	});
});

it('a list with a row for each household has its people, their ages and who they bring', async () => {
	const homes = store([], look(await sample('guests-by-household.csv')));
	expect(show(homes)).toEqual([
		['The Whitakers', '', 0, ['Helen helen@example.org', 'George', 'Poppy child']],
		['Mei & Oliver', '', 0, ['Mei Chen mei@example.org', 'Oliver Grant oliver@example.org']],
		['Dr. Daniel Okafor', '', 1, ['Daniel Okafor daniel@example.org']],
		["O'Brien, Aoife", '', 0, ["Aoife O'Brien AOIFE@EXAMPLE.ORG"]]
	]);
	expect(homes[0]).toMatchObject({ address: '12 High St\nBath BA1 5AA', note: 'Helen: "no shellfish"' });
	expect(homes[2]!.note).toBe('=HYPERLINK("http://x.example";"gift")');
	const again = look(await sample('guests-by-household.csv'), homes);
	expect([again.changed, again.added, again.questions]).toEqual([[], [], []]);
});

describe('headers in six languages', () => {
	it.each([
		['Household,First name,Surname,E-mail address,Kid?', 'Riet de Boer'],
		['Gezin;Voornaam;Achternaam;E-mailadres;Kind?', 'Riet de Boer'],
		['Famiglia;Nome;Cognome;E-mail;Bambino', 'Riet de Boer'],
		['Foyer;Prénom;Nom;Adresse e-mail;Enfant', 'Riet de Boer'],
		['Haushalt;Vorname;Nachname;E-Mail-Adresse;Kind', 'Riet de Boer'],
		['Hogar;Nombre;Apellidos;Correo electrónico;Niño', 'Riet de Boer']
	])('“%s”', async (header, name) => {
		const separator = header.includes(';') ? ';' : ',';
		const row = ['De Boer', 'Riet', 'de Boer', 'r@example.org', 'x'].join(separator);
		const homes = store([], look(await typed(`${header}\n${row}`)));
		expect(show(homes)).toEqual([['De Boer', '', 0, [`${name} r@example.org child`]]]);
	});

	it('stand wherever the table begins', async () => {
		const sheet = await typed('Onze gasten\n\n;;\n;Naam;Mail\n;Riet;r@example.org');
		expect(show(store([], look(sheet)))).toEqual([['Riet', '', 0, ['Riet r@example.org']]]);
		expect(guess(await typed('Riet;r@example.org\nWim;w@example.org'))).toBeUndefined();
	});
});

describe('what a table does not say', () => {
	const full =
		'Gezin;Naam;Mail;Adres;Telefoon;Groep;Notitie;Introducés\nBoer;Riet;r@example.org;Dorp 1;0612;Familie;Lief;1';

	it('stays: an empty cell, a column that is not there, somebody who is not named', async () => {
		const homes = store([], look(await typed(full)));
		for (const text of ['Gezin;Naam;Mail;Adres;Notitie\nBoer;Riet;;;', 'Naam;Mail\nRIET;R@example.org']) {
			const { changes } = look(await typed(text), homes);
			expect(changes.guests.map(({ after }) => after!.email)).not.toContain(null);
			expect(store(homes, look(await typed(text), homes))[0]).toMatchObject({
				...{ name: 'Boer', address: 'Dorp 1', phone: '0612', note: 'Lief', tags: ['Familie'], plusOnes: 1 }
			});
		}
	});

	it('is told apart field by field from what it does', async () => {
		const homes = store([], look(await typed(full)));
		const { changed, unchanged } = look(
			await typed('Gezin;Naam;Mail;Telefoon\nBoer;Riet;riet@example.org;0613'),
			homes
		);
		expect(changed).toEqual([
			{ line: 2, owner: 'Boer', field: 'phone', from: '0612', to: '0613' },
			{ line: 2, owner: 'Riet', field: 'email', from: 'r@example.org', to: 'riet@example.org' }
		]);
		expect(unchanged).toBe(0);
	});

	it('and so is what somebody eats, where a row is about one', async () => {
		const homes = store(
			[],
			look(await typed('Gezin;Naam;Dieet / allergie\nBoer;Riet;geen noten\nBoer;Wim;-'))
		);
		expect(homes[0]!.guests.map(({ diet }) => diet)).toEqual(['geen noten', '']);
		expect(look(await typed('Gezin;Naam;Dieet\nBoer;Riet;'), homes).changes.guests).toEqual([]);
		const { changed } = look(await typed('Gezin;Naam;Allergieën\nBoer;Riet;pinda'), homes);
		expect(changed).toEqual([{ line: 2, owner: 'Riet', field: 'diet', from: 'geen noten', to: 'pinda' }]);
		const both = await typed('Names;Diet\nHelen & Tom;no shellfish');
		expect(troubles(look(both))).toEqual([[2, 'Diet', 'cell_diet']]);
	});
});

describe('what only a person can know is asked', () => {
	const homesOf = async (text: string, chosen: Chosen = {}) => store([], look(await typed(text), [], chosen));

	it('two households of one name, until somebody in it tells them apart', async () => {
		const homes = await homesOf('Gezin;Naam\nJansen;Els\nSmit;Bo\nJansen;Piet', { again4: 'apart' });
		expect(homes).toHaveLength(3);
		const sheet = await typed('Gezin;Naam\nJansen;Kees');
		const { questions, changes } = look(sheet, homes);
		expect(questions.map(({ kind, options }) => [kind, options.map((one) => one.name || one.kind)])).toEqual([
			['which', ['Els', 'Piet', 'new', 'skip']]
		]);
		expect(changes.guests).toEqual([]);
		const piets = homes.find(({ guests }) => guests[0]!.name === 'Piet')!;
		const { added } = look(sheet, homes, { which2: piets.id });
		expect(added).toEqual([{ line: 2, household: 'Jansen', isNew: false, guests: ['Kees'] }]);
		expect(asked(look(await typed('Gezin;Naam;Tel\nJansen;Piet;06'), homes))).toEqual([]);
	});

	it('one address in two households', async () => {
		const text = 'Gezin;Naam;Mail\nA;An;x@example.org\nB;Bo;X@example.org';
		expect(asked(look(await typed(text)))).toEqual(['email3']);
		expect(show(await homesOf(text, { email3: 'without' }))[1]).toEqual(['B', '', 0, ['Bo']]);
		expect(show(await homesOf(text, { email3: 'skip' }))).toHaveLength(1);
		expect(asked(look(await typed('Gezin;Naam;Mail\nA;An;x@example.org\n;Bo;x@example.org')))).toEqual([]);
	});

	it('a guest who stands in another household than before', async () => {
		const homes = await homesOf('Gezin;Naam;Mail\nA;An;an@example.org\nA;Ab;\nB;Bo;bo@example.org');
		const sheet = await typed('Gezin;Naam;Mail\nB;Bo;\nB;An;an@example.org');
		expect(asked(look(sheet, homes))).toEqual(['moved3']);
		const { moved, changes } = look(sheet, homes, { moved3: 'move' });
		expect(moved).toEqual([{ line: 3, name: 'An', from: 'A', to: 'B' }]);
		expect(show(store(homes, { changes } as Difference))).toEqual([
			['A', '', 0, ['Ab']],
			['B', '', 0, ['Bo bo@example.org', 'An an@example.org']]
		]);
	});

	it('a household of another name, and somebody of the same', async () => {
		const homes = await homesOf('Gezin;Naam;Mail\nDe Groot;Anneke de Groot;a@example.org\n;Ruud de Groot;');
		const renamed = await typed('Gezin;Naam;Mail\nFamilie de Groot;Anneke de Groot;a@example.org');
		expect(asked(look(renamed, homes))).toEqual(['renamed2']);
		expect(look(renamed, homes, { renamed2: 'rename' }).changed).toMatchObject([
			{ field: 'name', to: 'Familie de Groot' }
		]);
		const other = await typed('Gezin;Naam\nBuren;Ruud de Groot');
		expect(asked(look(other, homes))).toEqual(['namesake2']);
		expect(look(other, homes, { namesake2: 'new' }).added).toHaveLength(1);
		expect(look(other, homes, { namesake2: 'skip' }).changes).toEqual({ households: [], guests: [] });
	});

	it('which of two of one name in a household', async () => {
		const homes = await homesOf('Gezin;Naam;Mail\nV;Jan;j1@example.org\nV;Jan;j2@example.org', {
			same3: 'together'
		});
		expect(homes[0]!.guests).toHaveLength(2);
		const sheet = await typed('Gezin;Naam;Kind\nV;Jan;ja');
		expect(asked(look(sheet, homes))).toEqual(['person2']);
		const id = homes[0]!.guests[1]!.id;
		expect(look(sheet, homes, { person2: id }).changes.guests.map((one) => one.id)).toEqual([id]);
	});
});

it.each([
	['Naam;Mail\nRiet;nonsense', [2, 'Mail', 'email']],
	['Gezin;Naam;Mail\nBoer;;r@example.org', [2, 'Naam', 'required']],
	[`Naam;Notitie\n${'x'.repeat(81)};`, [2, 'Naam', 'cell_too_long']],
	['Naam;Kind\nRiet;misschien', [2, 'Kind', 'cell_yes_no']],
	['Naam;Leeftijd\nRiet;oud', [2, 'Leeftijd', 'cell_age']],
	['Naam;Introducés\nRiet;99', [2, 'Introducés', 'plus_ones']],
	['Naam;Mail\nRiet;#NAME?', [2, 'Mail', 'cell_formula']],
	[`Naam;Groep\nRiet;${'x'.repeat(41)}`, [2, 'Groep', 'tag_long']],
	[`Gezin;Naam\n${Array.from({ length: 21 }, (_, n) => `A;g${n}`).join('\n')}`, [2, '', 'guests_many']]
])('a row that cannot be taken says where and why: %s', async (text, expected) => {
	expect(troubles(look(await typed(text)))).toEqual([expected]);
});
