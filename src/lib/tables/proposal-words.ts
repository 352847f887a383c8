import { m } from '../i18n/compiled/messages.js';
import { isolated } from '../i18n/isolated.ts';
import { enumerate } from '../people/guest.ts';
import { nameTable, sayWish } from './names.ts';
import type { Mode, Named, Reason } from './proposal.ts';

const MODE_NAMES: Record<Mode, () => string> = {
	...{ everybody: m.solve_mode_everybody, rest: m.solve_mode_rest, improve: m.solve_mode_improve }
};
export const modeOptions = (modes: readonly Mode[]) =>
	modes.map((value) => ({ value, label: MODE_NAMES[value]() }));

export const sayPlace = ({ table, number }: { table: Named; number: number }) =>
	m.solve_place({ table: table.number, seat: number });

/** Why a wish does not hold, as a sentence. */
export function sayReason(why: Reason, language: string): string {
	const list = (names: string[]) => enumerate(names.map(isolated), language);
	const tables = 'tables' in why ? enumerate(why.tables.map(nameTable), language) : '';
	switch (why.code) {
		case 'not_seated':
			return m.solve_why_not_seated({ names: list(why.names) });
		case 'fixed':
			return m.solve_why_fixed({ names: list(why.names) });
		case 'contradicts':
			return why.wishes.length
				? m.solve_why_contradicts({ wishes: why.wishes.map((wish) => `“${sayWish(wish)}”`).join(', ') })
				: m.solve_why_impossible();
		case 'too_many':
			return m.solve_why_too_many({ people: why.people, seats: why.seats });
		case 'same_table':
			return m.solve_why_same_table({ names: list(why.names), table: tables });
		case 'other_tables':
			return m.solve_why_other_tables({ tables });
		case 'too_far':
			return m.solve_why_too_far({ tables });
		case 'too_near':
			return m.solve_why_too_near({ tables });
		case 'not_in_a_row':
			return m.solve_why_not_in_a_row({ table: tables });
		case 'nobody':
			return m.solve_why_nobody();
		case 'one_only':
			return m.solve_why_one_only();
		case 'no_such_table':
			return m.solve_why_no_such_table();
	}
}
