import { m } from '../i18n/compiled/messages.js';
import type { Right } from '../kernel/viewer.ts';
import { fieldName } from './words.ts';

/** What can be taken out of the site as a table. */
export const EXPORTS = ['guests', 'answers', 'caterer', 'addresses', 'calls', 'template'] as const;
export type Export = (typeof EXPORTS)[number];
export type Form = 'csv' | 'xlsx';
export type Value = string | number | Date | null;

export type Column = { header: () => string; width: number };
export const column = (header: () => string, width: number): Column => ({ header, width });

/** A table to be saved, by the name of its file; its rows come one by one. */
export type Spreadsheet = { name: string; columns: Column[]; rows: AsyncIterable<Value[]> };

const event = column(m.sheet_out_event, 18);
const household = column(fieldName.household, 26);
const name = column(fieldName.name, 24);
const child = column(fieldName.child, 8);
const diet = column(fieldName.diet, 30);
const guests = [
	...[household, name, child, diet, column(fieldName.email, 28), column(fieldName.phone, 18)],
	...[column(fieldName.address, 34), column(fieldName.language, 10), column(fieldName.plusOnes, 12)],
	...[column(fieldName.tags, 20), column(fieldName.note, 30), column(fieldName.number, 14)]
];

export const COLUMNS: Record<Export, Column[]> = {
	guests,
	template: guests.slice(0, -1),
	answers: [
		...[event, household, name, child, column(m.sheet_out_answer, 14), column(m.sheet_out_meal, 20)],
		column(m.sheet_out_answered, 14)
	],
	caterer: [event, household, name, child, column(m.sheet_out_meal, 20), column(m.sheet_out_diet, 40)],
	addresses: [
		household,
		column(m.sheet_out_names, 34),
		...[1, 2, 3, 4].map((n) => column(() => m.sheet_out_line({ n }), 26))
	],
	calls: [
		household,
		column(m.sheet_out_names, 34),
		column(fieldName.phone, 18),
		column(m.sheet_out_called, 14)
	]
};

export const RIGHTS: Record<Export, Right> = {
	...{ guests: 'people:read', addresses: 'people:read', template: 'people:edit' },
	...{ answers: 'answers:read', caterer: 'answers:read', calls: 'answers:read' }
};

export const exportName: Record<Export, () => string> = {
	...{ guests: m.sheet_out_guests, answers: m.sheet_out_answers, caterer: m.sheet_out_caterer },
	...{ addresses: m.sheet_out_addresses, calls: m.sheet_out_calls, template: m.sheet_out_template }
};
export const exportLead: Record<Export, () => string> = {
	...{
		guests: m.sheet_out_guests_lead,
		answers: m.sheet_out_answers_lead,
		caterer: m.sheet_out_caterer_lead
	},
	...{ addresses: m.sheet_out_addresses_lead, calls: m.sheet_out_calls_lead },
	template: m.sheet_out_template_lead
};
