import { m } from '../i18n/compiled/messages.js';
import { isWordless, readIn, type Words } from '../i18n/words.ts';
import { shorten } from '../kernel/text/shorten.ts';
import type { Picture } from '../pictures/picture.ts';
import { fillShown, type Shown, type ShownFilled } from '../people/shown.ts';

export const KINDS = ['text', 'stay', 'travel', 'contact', 'question', 'story', 'people'] as const;
export type Kind = (typeof KINDS)[number];

export const MOST_BLOCKS = 40;

/** A part of the front page that the couple wrote. */
export type Block = Shown & {
	id: string;
	kind: Kind;
	/** in no language, it is called what its kind is */
	title: Words;
	/** Markdown */
	text: Words;
};

/** As it is read: in one language, its text as HTML. */
export type ShownBlock = { id: string; kind: Kind; title: string; html: string; pictures: Picture[] };

const HEADINGS: Record<Kind, () => string> = {
	text: () => '',
	stay: m.page_stay,
	travel: m.page_travel,
	contact: m.page_contact,
	question: () => '',
	story: m.page_story,
	people: m.page_people
};

/** What stands above it; nothing above a text without a title. */
export function nameBlock({ kind, title }: Pick<Block, 'kind' | 'title'>, language: string): string {
	return readIn(title, language) || HEADINGS[kind]();
}

/** In a list: by its first words if it has no title. */
export function nameLine(block: Pick<Block, 'kind' | 'title' | 'text'>, language: string): string {
	const [first = ''] = readIn(block.text, language).split('\n');
	return nameBlock(block, language) || shorten(first.replace(/^[#>*\s-]+/, ''), 60);
}

export type Section = { kind: Kind; blocks: ShownBlock[] };

/** Questions that follow one another stand under one heading. */
export function gather(blocks: ShownBlock[]): Section[] {
	const sections: Section[] = [];
	for (const block of blocks) {
		const last = sections.at(-1);
		if (block.kind === 'question' && last?.kind === 'question') last.blocks.push(block);
		else sections.push({ kind: block.kind, blocks: [block] });
	}
	return sections;
}

export type Filled = ShownFilled & { kind?: string; title: Words; text: Words };

/** What came back from a form, or else what is stored, as its fields show it. */
export function fill(stored?: Omit<Block, 'id'>, typed?: object): Filled {
	const { kind, title = {}, text = {} } = (typed ?? stored ?? {}) as Partial<Filled>;
	return { kind, title, text, ...fillShown(stored, typed) };
}

/** For a form that nobody fills in: its names and values, without what is empty. */
export function listFields(
	block: Omit<Block, 'id'> & { pictures?: string[] }
): [name: string, value: string][] {
	const { title, text, isHidden, onlyFor, kind, visibleOn } = fill(block);
	const inEach = (name: string, words: Words) =>
		Object.entries(words).map(([language, said = '']) => [`${name}.${language}`, said] as [string, string]);
	return [
		['kind', kind ?? ''],
		['visibleOn', visibleOn],
		...inEach('title', title),
		...inEach('text', text),
		...(isHidden ? [['isHidden', 'on'] as [string, string]] : []),
		...onlyFor.map((id) => [`onlyFor.${id}`, 'on'] as [string, string]),
		...(block.pictures ?? []).map((id) => [`pictures.${id}`, 'on'] as [string, string])
	];
}

/** Whether a form's `title` is needed: a question is one. */
export const isUntitled = ({ kind, title }: Pick<Block, 'kind' | 'title'>) =>
	kind === 'question' && isWordless(title);
