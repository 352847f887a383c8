import { expect, it } from 'vitest';
import { writeHtml, type Letter, writeText } from './letter.ts';

const letter: Letter = {
	subject: 'Your link',
	from: 'Anna & Ben',
	paragraphs: ['Dear <script>alert(1)</script>,', 'two\nlines'],
	button: { label: 'Open', url: 'https://example.org/i/ABC?a=1&b=2' },
	code: { label: 'Or type', value: 'ABCD EFGH' },
	footer: 'Why you got this "mail"',
	language: 'en'
};

it('says everything in plain text, the link on a line of its own', () => {
	const text = writeText(letter);
	expect(text).toContain('\nhttps://example.org/i/ABC?a=1&b=2\n');
	for (const part of ['Anna & Ben', 'two\nlines', 'Or type: ABCD EFGH', 'Why you got this "mail"']) {
		expect(text).toContain(part);
	}
});

it('makes markup in names inert', () => {
	const page = writeHtml(letter);
	expect(page).not.toContain('<script>');
	expect(page).toContain('href="https://example.org/i/ABC?a=1&#38;b=2"');
	expect(page).toContain('two<br>lines');
});

it('loads nothing from anywhere', () => {
	expect(writeHtml(letter)).not.toMatch(/<(img|link|script|iframe)|url\(|src=/);
});
