import { m } from '../../i18n/compiled/messages.js';
import { dayAndTime } from '../../i18n/format.ts';
import { readIn } from '../../i18n/words.ts';
import { now } from '../../kernel/db/db.server.ts';
import { permit, type Viewer } from '../../kernel/viewer.ts';
import { accentOf } from '../../looks/look.ts';
import * as looks from '../../looks/looks.server.ts';
import * as events from '../../rsvp/events.server.ts';
import { nameFixture, nameTable } from '../../tables/names.ts';
import * as placed from '../../tables/placed.server.ts';
import * as plans from '../../tables/plans.server.ts';
import * as room from '../../tables/room.server.ts';
import { isSeated, sitAt } from '../../tables/seating.ts';
import * as weddings from '../../weddings/weddings.server.ts';
import { canSet } from '../faces.server.ts';
import type { Print } from './print.ts';
import type { Seated } from './seated.ts';

/** Whom the page of the prints counts: those without a seat, and those whose names no typeface of ours has. */
export async function look(viewer: Viewer, planId: string) {
	permit(viewer, 'tables:read');
	const all = await placed.list(viewer, await plans.get(viewer, planId));
	const seated = all.filter(isSeated);
	const { tables } = await room.look(viewer, planId);
	return {
		seated: seated.length,
		standing: all.length - seated.length,
		unset: seated.map(({ name }) => name).filter((name) => !canSet(name)),
		tables: tables.map(({ id, number, name }) => ({ id, number, name }))
	};
}

/** A plan as a PDF, which begins to come before the last page is drawn; `tableId`, and it is of one table alone. */
export async function print(
	viewer: Viewer,
	planId: string,
	print: Print,
	{ language, tableId }: { language: string; tableId?: string }
) {
	permit(viewer, 'tables:read');
	const seated = await read(viewer, planId, language);
	const tables = seated.tables.filter(({ id }) => !tableId || id === tableId);
	const sheets = await import('./sheets.server.ts');
	return sheets.write(print, { ...seated, tables });
}

async function read(viewer: Viewer, planId: string, language: string): Promise<Seated> {
	const plan = await plans.get(viewer, planId);
	const { tables, fixtures } = await room.look(viewer, planId);
	const all = await placed.list(viewer, plan);
	const wedding = await weddings.get(viewer);
	const event = await events.get(viewer, plan.eventId);
	const look = await looks.find(viewer.weddingId);
	return {
		names: wedding.names || m.mail_wedding_unnamed(),
		event: readIn(event.name, language),
		plan: plan.name,
		time: m.print_time({ time: dayAndTime(await now(), language, wedding.timeZone) }),
		...{ language, theme: look.theme, accent: accentOf(look).light, room: plan },
		tables: tables.map((table) => ({ ...table, title: nameTable(table), guests: sitAt(all, table.id) })),
		fixtures: fixtures.map((fixture) => ({ ...fixture, title: nameFixture(fixture) }))
	};
}
