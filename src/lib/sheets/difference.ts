import type { Question, Trouble } from './entry.ts';
import type { Changes } from './known.ts';

export type FieldName =
	'name' | 'language' | 'address' | 'phone' | 'plusOnes' | 'note' | 'tags' | 'email' | 'isChild' | 'diet';

/** One field of somebody who is on the list. */
export type Changed = { line: number; owner: string; field: FieldName; from: string; to: string };

/** Somebody who is not: a household with its guests, or guests of one that is there. */
export type Added = { line: number; household: string; isNew: boolean; guests: string[] };

/** A guest who comes from another household. */
export type Moved = { line: number; name: string; from: string; to: string };

/** What a table would change; nothing of it as long as there are questions or problems. */
export type Difference = {
	added: Added[];
	changed: Changed[];
	moved: Moved[];
	/** guests of whom the table says nothing new */
	unchanged: number;
	troubles: Trouble[];
	questions: Question[];
	changes: Changes;
};
