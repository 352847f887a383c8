import MarkdownIt, { type Token } from 'markdown-it';

/** Markdown in which nothing is loaded or runs, and links lead to where `isLink` says. */
export function allow(isLink: (url: string) => boolean) {
	const markdown = new MarkdownIt({ html: false, breaks: true, linkify: true });
	markdown.disable(['image', 'code', 'fence', 'backticks', 'table', 'html_block', 'html_inline']);
	// "see you there.De Boers" is no address
	markdown.linkify.set({ fuzzyLink: false });
	markdown.validateLink = isLink;
	return markdown;
}

const markdown = allow((url) => /^(https?:|mailto:|tel:)/i.test(url));

/**
 * Markdown as part of a page: links lead to the web, to a mailbox or a phone, and nothing is loaded or runs. Its largest
 * headings stand one below that of the page, `heading`, and none leaves out a step.
 */
export function render(source: string, heading: number): string {
	const tokens = markdown.parse(source, {});
	lower(tokens, heading);
	for (const { children } of tokens) mark(children ?? []);
	return markdown.renderer.render(tokens, markdown.options, {}).trim();
}

/** A link that stands alone is marked so: what is not in a sentence has to be as large as a thumb. */
function mark(inline: Token[]): void {
	const isAlone = inline.length === 3;
	for (const token of inline) {
		if (token.type !== 'link_open') continue;
		token.attrSet('rel', 'noopener');
		if (isAlone) token.attrSet('class', 'alone');
	}
}

function lower(tokens: Token[], heading: number): void {
	const above: string[] = [];
	for (const token of tokens) {
		if (token.type === 'heading_open') {
			while (above.length && above.at(-1)! >= token.tag) above.pop();
			above.push(token.tag);
		}
		if (token.type.startsWith('heading')) token.tag = `h${Math.min(6, heading + above.length)}`;
	}
}
