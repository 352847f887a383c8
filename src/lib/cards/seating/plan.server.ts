import { setImmediate } from 'node:timers/promises';
import { m } from '../../i18n/compiled/messages.js';
import { initials, measure, placeChairs } from '../../tables/room.ts';
import type { Taken } from '../../tables/seating.ts';
import { canSet } from '../faces.server.ts';
import { fit, HAIR, INK, type Line, MM, set, SOFT, type Style } from '../lettering.server.ts';
import { drawFoot, drawHead } from './pages.server.ts';
import type { Seated, SeatedTable } from './seated.ts';

const [MARGIN, TOP, BOTTOM] = [12 * MM, 26 * MM, 14 * MM];
/** Around the room, in cm as everything in it: chairs at its walls. */
const AROUND = 60;
/** As wide as a name may be in its chair. */
const CHAIR = 57;
/** What can be read on paper, in points; of names that would be smaller stand the initials, and a list follows. */
const SMALLEST = 4.2;

/** The room to scale, from edge to edge. Says whether it has the names of all. */
export async function drawPlan(doc: PDFKit.PDFDocument, seated: Seated, size: 'A3' | 'A4'): Promise<boolean> {
	doc.addPage({ size, layout: 'landscape', margin: 0 });
	drawHead(doc, seated, m.print_plan(), MARGIN);
	const { tables } = seated;
	const { left, top, width, height } = bound(seated);
	const [wide, high] = [doc.page.width - 2 * MARGIN, doc.page.height - TOP - BOTTOM];
	const scale = Math.min(wide / width, high / height);
	const names = await nameAll(doc, seated, SMALLEST / scale);
	doc
		.save()
		.translate(MARGIN + (wide - width * scale) / 2, TOP + (high - height * scale) / 2)
		.scale(scale)
		.translate(-left, -top);
	drawRoom(doc, seated);
	for (const [n, table] of tables.entries()) {
		drawTable(doc, seated, table, names);
		// others are answered meanwhile
		if (n % 10 === 9) await setImmediate();
	}
	doc.restore();
	const isSilent = tables.some(({ guests }) => guests.some(({ said }) => said === null));
	drawFoot(doc, seated, MARGIN, isSilent ? m.print_silent() : '');
	return names.areWhole;
}

/** The room, and what does not find room in it. */
function bound({ room, tables, fixtures }: Seated) {
	const reach = (thing: { x: number; y: number }, width: number, height: number) => {
		const half = Math.max(width, height) / 2;
		return [thing.x - half, thing.y - half, thing.x + half, thing.y + half] as const;
	};
	const all = [
		[0, 0, room.width, room.height] as const,
		...tables.map((table) => reach(table, measure(table).width, measure(table).height)),
		...fixtures.map((fixture) => reach(fixture, fixture.width, fixture.height))
	];
	const left = Math.min(...all.map(([x]) => x)) - AROUND;
	const top = Math.min(...all.map(([, y]) => y)) - AROUND;
	const right = Math.max(...all.map(([, , x]) => x)) + AROUND;
	const bottom = Math.max(...all.map(([, , , y]) => y)) + AROUND;
	return { left, top, width: right - left, height: bottom - top };
}

function drawRoom(doc: PDFKit.PDFDocument, { room, fixtures, theme }: Seated): void {
	doc.lineWidth(4).strokeColor(HAIR).rect(0, 0, room.width, room.height).stroke();
	for (const { x, y, width, height, rotation, kind, title } of fixtures) {
		doc.save().translate(x, y).rotate(rotation).lineWidth(2).strokeColor(HAIR);
		doc.rect(-width / 2, -height / 2, width, height);
		if (kind === 'wall') doc.fill(HAIR);
		else if (kind === 'dance') doc.dash(12, { space: 8 }).stroke().undash();
		else doc.fillAndStroke('#fff', HAIR);
		doc.rotate(-rotation);
		write(doc, fit(doc, title, { theme, face: 'sans', size: 20, color: SOFT }, Math.max(width, 160)), 7);
		doc.restore();
	}
}

function drawTable(
	doc: PDFKit.PDFDocument,
	{ theme, accent }: Seated,
	table: SeatedTable,
	{ lines }: Names
): void {
	const { x, y, rotation, shape } = table;
	const { width, height } = measure(table);
	const taken = new Map(table.guests.map((one) => [one.number, one]));
	const seats = placeChairs(table, -14);
	const number = { theme, face: 'sans', size: 16, color: SOFT, features: ['lnum'] } satisfies Style;
	doc.save().translate(x, y).rotate(rotation).lineWidth(2.5);
	if (shape === 'round') doc.circle(0, 0, width / 2).stroke(INK);
	else doc.roundedRect(-width / 2, -height / 2, width, height, 6).stroke(INK);
	for (const [n, chair] of placeChairs(table).entries()) {
		const one = taken.get(n + 1);
		doc.save().translate(chair.x, chair.y).lineWidth(1.5);
		doc.circle(0, 0, 27);
		if (one) doc.fillAndStroke('#fff', accent);
		else doc.dash(6, { space: 5 }).stroke(HAIR).undash();
		const words = one ? lines.get(one)! : [];
		doc.rotate(-rotation);
		for (const [at, line] of words.entries()) write(doc, line, (at - (words.length - 1) / 2) * 14 + 5, CHAIR);
		doc.restore();
		doc.save().translate(seats[n]!.x, seats[n]!.y).rotate(-rotation);
		write(doc, fit(doc, String(n + 1), number, 40), 5.5);
		doc.restore();
	}
	doc.rotate(-rotation);
	drawTitle(doc, theme, table);
	doc.restore();
}

/** Number and name, one under the other where the table is deep enough. */
function drawTitle(doc: PDFKit.PDFDocument, theme: Seated['theme'], table: SeatedTable): void {
	const { shape, number, name } = table;
	const isLong = shape === 'long' || shape === 'head';
	const { width } = measure(table);
	const style = { theme, color: INK, features: ['lnum'] } satisfies Partial<Style>;
	if (isLong) {
		const text = name ? `${number} · ${name}` : String(number);
		return write(doc, fit(doc, text, { ...style, face: 'serif', size: 27 }, width - 30), 13);
	}
	// clear of the numbers of its seats
	const [size, y] = width < 100 ? [24, 1] : width < 130 ? [30, -1] : [40, 4];
	write(doc, fit(doc, String(number), { ...style, face: 'serif', size }, 60), name ? y : size * 0.35);
	const small = { ...style, face: 'sans', size: size * 0.48 } satisfies Style;
	if (name) write(doc, fit(doc, name, small, Math.max(44, width - 60)), y + size * 0.54);
}

/** In the middle, on a base line so far below it. */
const write = (doc: PDFKit.PDFDocument, line: Line, y: number, width = 200) =>
	set(doc, line, { x: -width / 2, y, width, at: 0.5 });

type Names = { lines: Map<Taken, Line[]>; areWhole: boolean };

/** What stands in each chair; initials where letters would be smaller than that. */
async function nameAll(doc: PDFKit.PDFDocument, seated: Seated, smallest: number): Promise<Names> {
	const names: Names = { lines: new Map(), areWhole: true };
	for (const { guests } of seated.tables) {
		for (const one of guests) {
			const lines = inChair(doc, seated, one);
			const isSmall = lines.some(({ style }) => style.size < smallest);
			names.areWhole &&= !isSmall;
			names.lines.set(one, isSmall ? inChair(doc, seated, { ...one, name: initials(one.name) }) : lines);
		}
		// others are answered meanwhile
		await setImmediate();
	}
	return names;
}

/** In two or three lines; of those who have not answered in italics. */
function inChair(doc: PDFKit.PDFDocument, { theme }: Seated, { name, said }: Taken): Line[] {
	const style: Style = { theme, face: said ? 'sans' : 'italic', size: 15, color: INK };
	if (!canSet(name)) return [{ words: null, style }];
	const parts = name.trim().split(/\s+|(?<=-)/);
	const half = Math.ceil((parts.length - 1) / 2);
	const [first = '', ...others] = parts;
	const lines =
		parts.length > 3 ? [first, others.slice(0, half).join(' '), others.slice(half).join(' ')] : parts;
	return lines.map((line) => fit(doc, line, style, CHAIR));
}
