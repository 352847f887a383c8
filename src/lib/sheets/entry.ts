/** What a table says of a household; what it does not say is undefined, and stays as it was. */
export type Entry = {
	line: number;
	/** empty where the table names none */
	name: string;
	given: {
		language?: string;
		address?: string;
		phone?: string;
		plusOnes?: number;
		note?: string;
		tags?: string[];
	};
	guests: EntryGuest[];
};

export type EntryGuest = { line: number; name: string; email?: string; isChild?: boolean; diet?: string };

/** A cell that cannot be taken in, by the code of its sentence; a remark keeps nothing from being stored. */
export type Trouble = {
	line: number;
	/** the column's own name, or empty where it is about the row */
	column: string;
	code: string;
	params: Record<string, string | number>;
	isRemark: boolean;
};

/** What only a person can know, by a key that is the same when the page is loaded again. */
export type Question = {
	key: string;
	line: number;
	kind: 'same' | 'again' | 'email' | 'which' | 'renamed' | 'person' | 'moved' | 'namesake';
	params: { name: string; other: string };
	options: Option[];
};

/** `kind` says it in words; `name` is whom it is about, where there are several. */
export type Option = { value: string; kind: Choice; name: string };
export type Choice = ('skip' | 'apart' | 'together' | 'without' | 'new' | 'known') | ('rename' | 'move');

/** What was chosen so far, by the keys of the questions. */
export type Chosen = Readonly<Record<string, string | undefined>>;
