import { m } from '../i18n/compiled/messages.js';
import type { Right } from '../kernel/viewer.ts';
import { type Column, column } from './export.ts';
import { fieldName } from './words.ts';

/** What can be taken out of one plan as a table. */
export const SEATINGS = ['seating', 'kitchen'] as const;
export type SeatingSheet = (typeof SEATINGS)[number];

const where = [
	...[column(m.seat_table, 8), column(m.seats_table_name, 18), column(m.seat_number, 8)],
	...[column(m.sheet_guest, 26), column(fieldName.household, 26)]
];

export const SEATING_COLUMNS: Record<SeatingSheet, Column[]> = {
	seating: [...where, column(m.seats_needs, 24)],
	kitchen: [
		...where,
		...[column(m.sheet_out_meal, 20), column(m.sheet_out_diet, 40), column(m.seats_needs, 24)]
	]
};

export const seatingName: Record<SeatingSheet, () => string> = {
	...{ seating: m.seats_seating, kitchen: m.seats_kitchen }
};
export const seatingLead: Record<SeatingSheet, () => string> = {
	...{ seating: m.seats_seating_lead, kitchen: m.seats_kitchen_lead }
};
export const SEATING_RIGHTS: Record<SeatingSheet, Right> = {
	seating: 'tables:read',
	kitchen: 'answers:read'
};
