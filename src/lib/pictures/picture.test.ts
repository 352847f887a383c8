import { expect, it } from 'vitest';
import { PictureDetails } from './picture.schema.ts';
import { FOCUSES, sources, sourceSet } from './picture.ts';

it.each<[number, string]>([
	[300, '/pictures/x/480.jpg 300w'],
	[480, '/pictures/x/480.jpg 480w'],
	[700, '/pictures/x/480.jpg 480w, /pictures/x/960.jpg 700w'],
	[960, '/pictures/x/480.jpg 480w, /pictures/x/960.jpg 960w'],
	[2016, '/pictures/x/480.jpg 480w, /pictures/x/960.jpg 960w, /pictures/x/1600.jpg 1600w']
])('one that is %d wide is offered in sizes that it has, none twice', (width, offered) => {
	expect(sourceSet({ id: 'x', width }, 'jpg')).toBe(offered);
});

it('is offered in the smallest form that a browser knows', () => {
	const picture = { id: 'x', width: 300, height: 200, firstLook: '', focus: 'middle', alt: {} } as const;
	expect(sources(picture)).toEqual([
		{ type: 'image/avif', srcset: '/pictures/x/480.avif 300w' },
		{ type: 'image/webp', srcset: '/pictures/x/480.webp 300w' }
	]);
});

it('has nine parts, one of which stays in sight', () => {
	expect(new Set(FOCUSES).size).toBe(9);
	const alt = { en: ' On the\nferry ' };
	expect(PictureDetails.parse({ focus: 'top-left', alt })).toEqual({
		focus: 'top-left',
		alt: { en: 'On the ferry' }
	});
	for (const focus of ['', 'centre', undefined])
		expect(PictureDetails.safeParse({ focus, alt }).success).toBe(false);
});
