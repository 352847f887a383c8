import { expect, it } from 'vitest';
import { render } from './markdown.ts';

it.each([
	['**bold** and *slanted*', '<p><strong>bold</strong> and <em>slanted</em></p>'],
	['one\ntwo', '<p>one<br>\ntwo</p>'],
	['- bus\n- tram', '<ul>\n<li>bus</li>\n<li>tram</li>\n</ul>'],
	['# One\n\n## Two\n\n# Three', '<h3>One</h3>\n<h4>Two</h4>\n<h3>Three</h3>'],
	['#### Deep\n\n# High', '<h3>Deep</h3>\n<h3>High</h3>'],
	['# a\n# b\n## c\n#### d\n##### e', '<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>\n<h5>d</h5>\n<h6>e</h6>'],
	[
		'a [map](https://b.example/?a=1&b=2)',
		'<p>a <a href="https://b.example/?a=1&amp;b=2" rel="noopener">map</a></p>'
	],
	['[call](tel:+31612345678)', '<p><a href="tel:+31612345678" rel="noopener" class="alone">call</a></p>'],
	['or anna@b.example', '<p>or <a href="mailto:anna@b.example" rel="noopener">anna@b.example</a></p>'],
	['see you there.De Boers', '<p>see you there.De Boers</p>'],
	['', '']
])('becomes what it looks like: %j', (source, html) => expect(render(source, 2)).toBe(html));

it.each([
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'<b>bold</b>',
	'![photo](https://b.example/x.png)',
	'![photo](data:image/png;base64,AAAA)',
	'[x](javascript:alert(1))',
	'[x](JaVaScRiPt:alert(1))',
	'[x](java\nscript:alert(1))',
	'[x](&#106;avascript:alert(1))',
	'[x](%6Aavascript:alert(1))',
	'[x](data:text/html,<b>)',
	'[x](vbscript:x)',
	'[x](//b.example)',
	'[x](/couple)',
	'[x][1]\n\n[1]: javascript:alert(1)',
	'<javascript:alert(1)>',
	'<https://b.example/"onclick="x>',
	'[x](https://b.example "t"onmouseover="x")',
	'[x](https://b.example \'" onmouseover="x\')',
	'`<b>` ~~~\n<b>',
	'    <b>code',
	'&lt;b&gt;'
])('loads, runs and hides nothing: %j', (source) => {
	const html = render(source, 2);
	expect(html).not.toMatch(/<(script|img|iframe|b|code|pre)\b|href="(?!https?:|mailto:|tel:)/i);
	expect(html).not.toMatch(/<[^>]*"\s*on\w+=/i);
});

it('takes no time, whatever it is', () => {
	const began = performance.now();
	for (const sign of ['[', '*a ', '> ', '- ', '(', '_a ', '[a](', '&', '"'])
		expect(render(sign.repeat(4000 / sign.length), 2)).toBeTypeOf('string');
	expect(performance.now() - began).toBeLessThan(5000);
});
