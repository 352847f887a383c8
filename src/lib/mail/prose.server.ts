import type { Token } from 'markdown-it';
import { allow } from '../kernel/text/markdown.ts';
import { escape, type Prose } from './letter.ts';
import { HEADING, LIST, QUOTE, RULE, TEXT } from './letter-style.ts';

/** By its first token: the class that is dark in the dark, and the style, of everything that Markdown may become. */
const LOOKS: Record<string, { tag?: string; class?: string; style?: string }> = {
	paragraph_open: { class: 'ink', style: TEXT },
	// the names above are the letter's only large heading
	heading_open: { tag: 'h2', class: 'ink', style: HEADING },
	heading_close: { tag: 'h2' },
	bullet_list_open: { class: 'ink', style: LIST },
	ordered_list_open: { class: 'ink', style: LIST },
	list_item_open: { class: 'ink', style: 'margin:0 0 6px' },
	blockquote_open: { class: 'soft', style: QUOTE },
	link_open: { class: 'accent', style: 'color:#526b52' },
	strong_open: { style: 'font-weight:bold' },
	em_open: { style: 'font-style:italic' }
};

const markdown = allow((url) => /^(https?:|mailto:)/i.test(url) && !/%EE%8[0-3]%/i.test(url));
markdown.disable('strikethrough');
markdown.renderer.rules.hr = () => `<div class="line" style="${RULE}">&nbsp;</div>\n`;

/** Signs that nobody types and that Markdown leaves alone: one stands for each value until the text is HTML. */
const FIRST = 0xe000;
const SIGNS = /[\ue000-\uf8ff]/g;

/**
 * Markdown as part of a letter. Each `{name}` becomes its value, which is text and no Markdown, whatever stands in it;
 * an address among `links` can be linked to, too. Links lead to the web or to a mailbox, and there are no pictures.
 */
export function render(source: string, values: Record<string, string>, links: string[] = []): Prose {
	const names = Object.keys(values);
	const isLink = new Set(links);
	const fill = (text: string, asText: (value: string) => string = (value) => value) =>
		text.replace(SIGNS, (sign) => asText(values[names[sign.charCodeAt(0) - FIRST] ?? ''] ?? ''));
	let marked = source.replace(SIGNS, '');
	for (const [n, name] of names.entries())
		marked = marked.replaceAll(
			`{${name}}`,
			isLink.has(name) ? values[name]! : String.fromCharCode(FIRST + n)
		);
	const tokens = markdown.parse(marked, {});
	dress(tokens);
	const html = markdown.renderer.render(tokens, markdown.options, {});
	const paragraphs = tokens.filter(({ type }) => type === 'inline').map((token) => fill(read(token)));
	return {
		html: fill(html.trim(), (value) => escape(value).replaceAll('\n', '<br>')),
		text: fill(marked).trim(),
		lead: paragraphs[1] ?? paragraphs[0] ?? ''
	};
}

function dress(tokens: Token[]): void {
	for (const token of tokens) {
		const { tag, ...attributes } = LOOKS[token.type] ?? {};
		for (const [name, value] of Object.entries(attributes)) token.attrSet(name, value);
		token.tag = tag ?? token.tag;
		dress(token.children ?? []);
	}
}

/** Its words, without what makes them a link or bold. */
function read({ children }: Token): string {
	return (children ?? []).map(({ type, content }) => (type.endsWith('break') ? ' ' : content)).join('');
}

/** A line of text with its values in it. */
export function fillLine(text: string, values: Record<string, string>): string {
	return text
		.replace(/\{(\w+)\}/g, (typed, name: string) => values[name] ?? typed)
		.replace(/\s+/g, ' ')
		.trim();
}
