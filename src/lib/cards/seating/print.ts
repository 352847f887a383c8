import { m } from '../../i18n/compiled/messages.js';

/** What is printed of a plan, by the name of its file. */
export const PRINTS = [
	...(['plan-a3', 'plan-a4', 'by-table', 'by-name'] as const),
	...(['place-cards', 'place-tents', 'table-cards', 'table-tents'] as const)
] as const;
export type Print = (typeof PRINTS)[number];

export const isPrint = (name: string): name is Print => (PRINTS as readonly string[]).includes(name);

export const nameOf: Record<Print, () => string> = {
	...{ 'plan-a3': m.print_plan_a3, 'plan-a4': m.print_plan_a4 },
	...{ 'by-table': m.print_by_table, 'by-name': m.print_by_name },
	...{ 'place-cards': m.print_place_cards, 'place-tents': m.print_place_tents },
	...{ 'table-cards': m.print_table_cards, 'table-tents': m.print_table_tents }
};

export const leadOf: Record<Print, () => string> = {
	...{ 'plan-a3': m.print_plan_a3_lead, 'plan-a4': m.print_plan_a4_lead },
	...{ 'by-table': m.print_by_table_lead, 'by-name': m.print_by_name_lead },
	...{ 'place-cards': m.print_place_cards_lead, 'place-tents': m.print_place_tents_lead },
	...{ 'table-cards': m.print_table_cards_lead, 'table-tents': m.print_table_tents_lead }
};
