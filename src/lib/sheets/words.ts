import { m } from '../i18n/compiled/messages.js';
import type { FieldName } from './difference.ts';
import type { Option, Question } from './entry.ts';
import type { Field } from './headers.ts';

export const fieldName: Record<Field, () => string> = {
	...{ household: m.sheet_field_household, name: m.sheet_field_name, firstName: m.sheet_field_first_name },
	...{ lastName: m.sheet_field_last_name, email: m.sheet_field_email, phone: m.sheet_field_phone },
	...{ address: m.sheet_field_address, street: m.sheet_field_street, postcode: m.sheet_field_postcode },
	...{ city: m.sheet_field_city, country: m.sheet_field_country, language: m.sheet_field_language },
	...{ child: m.sheet_field_child, age: m.sheet_field_age, born: m.sheet_field_born },
	diet: m.sheet_out_diet,
	...{ plusOnes: m.sheet_field_plus_ones, tags: m.sheet_field_tags, note: m.sheet_field_note },
	number: m.sheet_field_number
};

export const changedName = (field: FieldName) => fieldName[field === 'isChild' ? 'child' : field]();

/** The question in words. */
export function askIn({ kind, params }: Question): string {
	const words = {
		...{
			same: m.sheet_ask_same,
			again: m.sheet_ask_again,
			email: m.sheet_ask_email,
			which: m.sheet_ask_which
		},
		...{ renamed: m.sheet_ask_renamed, person: m.sheet_ask_person, moved: m.sheet_ask_moved },
		namesake: m.sheet_ask_namesake
	};
	return words[kind](params);
}

/** What can be chosen, in words. */
export function pickIn(question: Question, { kind, name }: Option): string {
	const isHome = ['which', 'renamed', 'again', 'same'].includes(question.kind);
	const words = {
		known: () => name,
		skip: m.sheet_pick_skip,
		apart: m.sheet_pick_apart,
		together: question.kind === 'same' ? m.sheet_pick_same_together : m.sheet_pick_together,
		without: m.sheet_pick_without,
		new: isHome ? m.sheet_pick_new_household : m.sheet_pick_new,
		rename: m.sheet_pick_rename,
		move: m.sheet_pick_move
	};
	return words[kind]();
}
