import { expect, it } from 'vitest';
import { advance } from './guide.ts';

/** `A` must be done, `a` can be left out; what follows a `+` is done. */
const guide = (written: string) =>
	advance(
		[...written.matchAll(/(\+?)(\w)/g)].map(([, done, title = ''], place) => ({
			...{ place, title, href: '', why: '' },
			...{ isDone: done === '+', isOptional: title === title.toLowerCase() }
		}))
	);

it.each([
	['A B c D', 'A', 0],
	['+A B c D', 'B', 1],
	['+A +B c D', 'c', 2],
	['A +B c D', 'A', 1],
	['+A b c +D E', 'E', 2],
	['+A b +c D', 'D', 2]
])('the guide %s has %s next', (written, next, done) => {
	expect(guide(written)).toMatchObject({ next: { title: next }, done });
});

it.each(['', '+A +B', '+A b +C d'])('the guide %j is over', (written) => {
	expect(guide(written)).toBeNull();
});

it('the guide is in the order of the places', () => {
	const step = (place: number, title: string) => ({ place, title, href: '', why: '', isDone: false });
	expect(advance([step(2, 'two'), step(1, 'one')])!.steps.map(({ title }) => title)).toEqual(['one', 'two']);
});
