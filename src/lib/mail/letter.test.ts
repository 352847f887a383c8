import { describe, expect, it } from 'vitest';
import { writeHtml, type Letter, writeText } from './letter.ts';

const letter: Letter = {
	subject: 'Your link',
	from: 'Anna & Ben',
	paragraphs: ['Dear <script>alert(1)</script>,', 'two\nlines', 'See https://example.org/calendar?a=1&b'],
	button: { label: 'Open', url: 'https://example.org/i/ABC?a=1&b=2' },
	code: { label: 'Or type', value: 'ABCD EFGH' },
	footer: 'Why you got this "mail"',
	unsubscribe: { label: 'No more news', url: 'https://example.org/unsubscribe/ABC?of=news' },
	language: 'en'
};
const page = writeHtml(letter);

it('says everything in plain text, the link on a line of its own', () => {
	const text = writeText(letter);
	expect(text).toContain('\nhttps://example.org/i/ABC?a=1&b=2\n');
	for (const part of [
		'Anna & Ben',
		'two\nlines',
		'Or type: ABCD EFGH',
		'Why you got this "mail"',
		'No more news:\nhttps://example.org/unsubscribe/ABC?of=news\n'
	]) {
		expect(text).toContain(part);
	}
});

describe('in HTML', () => {
	it('makes markup in names inert', () => {
		expect(page).not.toContain('<script>');
		expect(page).toContain('href="https://example.org/i/ABC?a=1&#38;b=2"');
		expect(page).toContain('two<br>lines');
		expect(page).toMatch(/href="https:\/\/example.org\/unsubscribe\/ABC\?of=news" [^>]*>No more news<\/a>/);
	});

	it('loads nothing from anywhere', () => {
		expect(page).not.toMatch(/<(img|link|script|iframe)|url\(|src=/);
	});

	it('has addresses that can be pressed, and one button for each kind of program', () => {
		expect(page).toContain('<a class="accent" href="https://example.org/calendar?a=1&#38;b"');
		expect(page.match(/class="button"/g)).toHaveLength(1);
		expect(page.match(/<v:roundrect/g)).toHaveLength(1);
		expect(page.match(/<!--\[if/g)).toHaveLength(page.match(/<!\[endif\]/g)!.length);
	});

	it('shows beside its subject the first words that are no greeting', () => {
		const [, hidden] = /<div style="display:none[^>]*>([^&]*)/.exec(page)!;
		expect(hidden).toBe('two lines');
		const long = writeHtml({ ...letter, paragraphs: ['Dear Riet,', 'word '.repeat(100)] });
		expect(/<div style="display:none[^>]*>([^&]*)/.exec(long)![1]!.length).toBeLessThan(125);
	});

	it('has colours of its own in the dark, for every class that it uses', () => {
		const used = new Set([...page.matchAll(/class="(\w+)"/g)].map(([, name]) => name!));
		const [, dark = ''] = /prefers-color-scheme:dark\)\{(.*?)\}\}/.exec(page)!;
		const layout = ['edge', 'page'];
		expect([...used].filter((name) => !layout.includes(name) && !dark.includes(`.${name}{`))).toEqual([]);
	});
});
