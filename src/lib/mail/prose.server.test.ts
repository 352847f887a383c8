import { describe, expect, it } from 'vitest';
import { writeHtml, writeText } from './letter.ts';
import { fillLine, render } from './prose.server.ts';

const values = {
	first_names: 'Riet & *Wim*',
	answer: 'Riet: yes\nWim: <b>no</b>',
	link: 'https://a.example/i/AB'
};
const html = (source: string) => render(source, values, ['link']).html;

describe('what the couple writes', () => {
	it.each([
		['**bold** and *slanted*', /<strong style="[^"]+">bold<\/strong> and <em style="[^"]+">slanted<\/em>/],
		[
			'# One\n\n### Three',
			/<h2 class="ink" style="[^"]+">One<\/h2>\s*<h2 class="ink" style="[^"]+">Three<\/h2>/
		],
		['- bus\n- tram', /<ul class="ink" style="[^"]+">\s*<li class="ink" style="[^"]+">bus<\/li>/],
		['3. late', /<ol start="3" class="ink" style="[^"]+">/],
		['> quoted', /<blockquote class="soft" style="[^"]+">\s*<p class="ink"/],
		['one\ntwo', /one<br>\s*two/],
		['a\n\n---\n\nb', /<div class="line"/],
		[
			'[map](https://b.example/?a=1&b=2)',
			/<a href="https:\/\/b.example\/\?a=1&amp;b=2" class="accent" style/
		],
		['https://b.example/x', /<a href="https:\/\/b.example\/x"/],
		['anna@example.org', /<a href="mailto:anna@example.org"/],
		['Dear {first_names},', /Dear Riet &#38; \*Wim\*,/],
		['You said:\n{answer}', /Riet: yes<br>Wim: &#60;b&#62;no/],
		[
			'[here]({link}) or {link}',
			/<a href="https:\/\/a.example\/i\/AB".*>here<\/a> or <a href="https:\/\/a.example\/i\/AB"/
		]
	])('becomes what it looks like: %j', (source, expected) => expect(html(source)).toMatch(expected));

	it.each([
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'![photo](https://b.example/x.png)',
		'[x](javascript:alert(1))',
		'[x](JaVaScRiPt:alert(1))',
		'[x](data:text/html,<b>)',
		'[x](vbscript:x)',
		'[x](https://b.example/{first_names})',
		'<https://b.example/"onclick="x>',
		'[x](https://b.example "t"onmouseover="x")',
		'\ue000\ue001\uf8ff {unknown}',
		'`<b>` ~~~\n<b>'
	])('loads, runs and hides nothing: %j', (source) => {
		const made = html(source);
		expect(made).not.toMatch(
			/<(script|img|iframe|b)\b|href="(?!https?:|mailto:)|<[^>]*\son\w+=|[\ue000-\uf8ff]/i
		);
	});

	it('is text as it was typed, with what it is about in it', () => {
		const { text, lead } = render('Dear {first_names},\n\nWe *moved* it, [see]({link}).\n', values, ['link']);
		expect(text).toBe('Dear Riet & *Wim*,\n\nWe *moved* it, [see](https://a.example/i/AB).');
		expect(lead).toBe('We moved it, see.');
	});

	it('stands in a letter between the names and the button', () => {
		const letter = {
			...{ subject: 'x', from: 'Anna & Ben', paragraphs: [], footer: 'why', language: 'en' },
			...{ button: { label: 'Open', url: values.link }, prose: render('Dear you,\n\nMoved.', values) }
		};
		expect(writeHtml(letter)).toMatch(/Anna &#38; Ben[\s\S]*Dear you,[\s\S]*Moved\.[\s\S]*class="button"/);
		expect(writeHtml(letter)).toMatch(/display:none[^>]*>Moved\./);
		expect(writeText(letter)).toMatch(/^Dear you,\n\nMoved\.\n\nOpen:/);
	});

	it('is quick, whatever it is', () => {
		const began = performance.now();
		for (const sign of ['[', '*a ', '> ', '- ', '{', '(', '_'])
			expect(html(sign.repeat(6000 / sign.length)).length).toBeGreaterThan(10);
		expect(performance.now() - began).toBeLessThan(5000);
	});
});

it('a subject is one line', () => {
	expect(fillLine('{first_names}: {answer} {x}', values)).toBe('Riet & *Wim*: Riet: yes Wim: <b>no</b> {x}');
});
