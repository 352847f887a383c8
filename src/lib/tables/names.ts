import { m } from '../i18n/compiled/messages.js';
import { isolated } from '../i18n/isolated.ts';
import { FIXTURES, type Fixture, type FixtureKind, type RoomTable, type Shape, SHAPES } from './room.ts';
import { listNeeds, sayGuest } from './needs.ts';
import type { Taken } from './seating.ts';
import { type NamedWish, type WishKind, WISHES } from './wish.ts';

const SHAPE_NAMES: Record<Shape, () => string> = {
	...{ round: m.shape_round, long: m.shape_long, square: m.shape_square, head: m.shape_head }
};
const FIXTURE_NAMES: Record<FixtureKind, () => string> = {
	...{ wall: m.fixture_wall, dance: m.fixture_dance, door: m.fixture_door, other: m.fixture_other }
};
const WISH_NAMES: Record<WishKind, () => string> = {
	...{ together: m.wish_together, apart: m.wish_apart, near: m.wish_near, far: m.wish_far },
	...{ beside: m.wish_beside, at: m.wish_at }
};

export { listNeeds };

export const nameWish = (kind: WishKind) => WISH_NAMES[kind]();
export const wishOptions = () => WISHES.map((value) => ({ value, label: nameWish(value) }));

/** "Tante Cornelia · far from · The band" */
export function sayWish({ name, kind, tableNumber, otherName }: NamedWish): string {
	const other = tableNumber ? m.table_number({ number: tableNumber }) : isolated(otherName);
	return `${isolated(name)} · ${nameWish(kind)} · ${other}`;
}

export const shapeOptions = () => SHAPES.map((value) => ({ value, label: SHAPE_NAMES[value]() }));
export const fixtureOptions = () => FIXTURES.map((value) => ({ value, label: FIXTURE_NAMES[value]() }));

/** "Table 3", or "Table 3, The lake". */
export function nameTable({ number, name }: Pick<RoomTable, 'number' | 'name'>): string {
	return name ? m.table_named({ number, name: isolated(name) }) : m.table_number({ number });
}

export const nameFixture = ({ kind, name }: Pick<Fixture, 'kind' | 'name'>) => name || FIXTURE_NAMES[kind]();

export const nameThing = (thing: RoomTable | Fixture) =>
	'shape' in thing ? nameTable(thing) : isolated(nameFixture(thing));

/** "Round, 3 of 8 seats taken" */
export const sumUp = ({ shape, seats }: Pick<RoomTable, 'shape' | 'seats'>, taken: number) =>
	m.table_facts({ shape: SHAPE_NAMES[shape](), taken, seats });

/** All that the drawing shows of a table. */
export function describe(table: RoomTable, taken: Taken[]): string {
	const facts = `${nameTable(table)}: ${sumUp(table, taken.length)}`;
	const guests = taken.map((one) => `${one.number} ${sayGuest(one)}`);
	return [facts, ...guests, ...(table.isLocked ? [m.table_is_locked()] : [])].join(', ');
}

/** For a form, with how many seats are free. */
export const tableOptions = (tables: RoomTable[], countTaken: (id: string) => number) =>
	tables.map((table) => ({
		value: table.id,
		label: m.table_free({ table: nameTable(table), count: table.seats - countTaken(table.id) })
	}));
