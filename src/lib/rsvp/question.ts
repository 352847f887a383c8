import { m } from '../i18n/compiled/messages.js';
import { type Words, readIn } from '../i18n/words.ts';

export const KINDS = ['text', 'choice', 'several', 'number', 'yes_no'] as const;
export const SCOPES = ['guest', 'household'] as const;

export const MOST_QUESTIONS = 12;
export const MOST_CHOICES = 12;

export type Option = { id: string; name: Words };

/** What the couple wants to know, of those who come to an event, or of everybody where that is null. */
export type Question = {
	id: string;
	text: Words;
	kind: (typeof KINDS)[number];
	scope: (typeof SCOPES)[number];
	eventId: string | null;
	choices: Option[];
};

/** The ids of what was chosen, a text, a number, or whether it is so. */
export type Value = string | string[] | number | boolean;

/** By question, then by who answers it: a guest, or the household. Without a value nobody has said. */
export type Given = Record<string, Record<string, Value>>;

/** The part of a form in which the answers to a kind of question are. */
export const PART = {
	text: 'texts',
	choice: 'chosen',
	several: 'several',
	number: 'numbers',
	yes_no: 'agreed'
} as const satisfies Record<Question['kind'], string>;

export const hasChoices = (kind: string) => kind === 'choice' || kind === 'several';

/** What came back from a form, or what is stored, as its fields show it. */
export function fill(value: unknown) {
	const isSeveral = typeof value === 'object' && value !== null;
	return {
		text: isSeveral ? '' : String(value ?? ''),
		ticked: Array.isArray(value) ? (value as string[]) : Object.keys(isSeveral ? value : {})
	};
}

/** An answer as people say it. */
export function say({ choices }: Pick<Question, 'choices'>, value: Value, language: string): string {
	if (typeof value === 'boolean') return value ? m.question_yes() : m.question_no();
	if (typeof value === 'number') return new Intl.NumberFormat(language).format(value);
	const chosen = choices.filter(({ id }) => (Array.isArray(value) ? value.includes(id) : value === id));
	if (chosen.length === 0) return String(value);
	return chosen.map(({ name }) => readIn(name, language)).join(', ');
}

export type ChoiceRow = { id?: string } & Words;

/** The choices as they stand in a form. */
export function choiceRows(form: unknown): ChoiceRow[] {
	const choices = (form as { choices?: unknown } | null)?.choices;
	if (typeof choices !== 'object' || !choices) return [];
	return Object.values(choices).filter((row) => typeof row === 'object' && row) as ChoiceRow[];
}

/** A question with those who are asked it: its guests, or the household. */
export type AskedQuestion = Question & { owners: { id: string; name: string }[] };

/** Everything that was answered, in the order of the questions. */
export function list({ questions, given }: { questions: AskedQuestion[]; given: Given }) {
	return questions.flatMap((question) => {
		const values = question.owners.flatMap((owner) => {
			const value = given[question.id]?.[owner.id];
			return value === undefined ? [] : [{ owner, value }];
		});
		return values.length === 0 ? [] : [{ question, values }];
	});
}

/** Whether each answer is to be read, rather than counted. */
export const hasWords = ({ kind }: Pick<Question, 'kind'>) => kind === 'text' || kind === 'number';

/** How many gave which answer; of numbers, what they make together. */
export function countValues(
	{ kind, choices }: Question,
	answers: { value: Value }[],
	language: string
): { label: string; count: number }[] {
	const values = answers.map(({ value }) => value);
	const having = (wanted: Value) =>
		values.filter((value) => (Array.isArray(value) ? value.includes(String(wanted)) : value === wanted))
			.length;
	if (kind === 'text') return [];
	if (kind === 'number') return [{ label: m.question_sum(), count: values.reduce<number>(add, 0) }];
	if (kind === 'yes_no')
		return [
			{ label: m.question_yes(), count: having(true) },
			{ label: m.question_no(), count: having(false) }
		];
	return choices.map(({ id, name }) => ({ label: readIn(name, language), count: having(id) }));
}

/** Halves and tenths stay exact enough to be shown. */
const add = (sum: number, value: Value) => Math.round((sum + Number(value)) * 1000) / 1000;
