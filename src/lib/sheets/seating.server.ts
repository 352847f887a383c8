import { readIn } from '../i18n/words.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { listNeeds } from '../tables/names.ts';
import * as placed from '../tables/placed.server.ts';
import * as plans from '../tables/plans.server.ts';
import * as room from '../tables/room.server.ts';
import { isSeated, sitAt } from '../tables/seating.ts';
import * as sheet from '../tables/sheet.server.ts';
import type { Form, Value } from './export.ts';
import type { Reader } from './export-rows.server.ts';
import { save } from './saved.server.ts';
import { SEATING_COLUMNS, SEATING_RIGHTS, seatingName, type SeatingSheet } from './seating.ts';

/** A plan as a table to be saved: a guest in each row, by table and seat, and below them who has none. */
export async function answer(
	viewer: Viewer,
	kind: SeatingSheet,
	{ planId, form }: { planId: string; form: Form },
	reader: Reader
): Promise<Response> {
	permit(viewer, SEATING_RIGHTS[kind]);
	const plan = await plans.get(viewer, planId);
	const rows =
		kind === 'seating' ? await listSeating(viewer, plan) : await listKitchen(viewer, planId, reader);
	const columns = SEATING_COLUMNS[kind];
	const name = `${seatingName[kind]()} ${plan.name}`;
	return save({ name, columns, rows: one(rows) }, form, reader.language);
}

async function* one(rows: Value[][]) {
	yield* rows;
}

type Table = { number: number; name: string };
type Guest = Parameters<typeof listNeeds>[0];

const startRow = (table: Table | null, { number, name, household }: Guest): Value[] => [
	...[table?.number ?? null, table?.name ?? null, number, name, household]
];

async function listSeating(viewer: Viewer, plan: Parameters<typeof placed.list>[1]): Promise<Value[][]> {
	const all = await placed.list(viewer, plan);
	const { tables } = await room.look(viewer, plan.id);
	const needs = (guest: Guest) => listNeeds({ ...guest, hasDiet: false }).join(', ');
	return [
		...tables.flatMap((table) => sitAt(all, table.id).map((one) => [...startRow(table, one), needs(one)])),
		...all.filter((one) => !isSeated(one)).map((one) => [...startRow(null, one), needs(one)])
	];
}

async function listKitchen(viewer: Viewer, planId: string, { language }: Reader): Promise<Value[][]> {
	const { tables, standing } = await sheet.make(viewer, planId);
	const write = (table: Table | null, plate: sheet.Plate) => [
		...startRow(table, plate),
		...[plate.meal && readIn(plate.meal, language), plate.diet],
		listNeeds({ ...plate, hasDiet: false }).join(', ')
	];
	return [
		...tables.flatMap((table) => table.plates.map((plate) => write(table, plate))),
		...standing.map((plate) => write(null, plate))
	];
}
