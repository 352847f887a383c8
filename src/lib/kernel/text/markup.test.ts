import { expect, it } from 'vitest';
import { escapeMarkup } from './markup.ts';

it.each([
	['<b>"Tom" & \'Jo\'</b>', '&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jo&#39;&lt;/b&gt;'],
	['a\0b\x07c\x1bd\uffffe', 'abcde'],
	['line\nand\ttab', 'line\nand\ttab'],
	['half \ud83d of an emoji', 'half \ufffd of an emoji'],
	['🎻 Ömer 祝辞', '🎻 Ömer 祝辞']
])('writes %j', (text, written) => {
	expect(escapeMarkup(text)).toBe(written);
});
