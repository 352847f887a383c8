import { expect, it } from 'vitest';
import { makeWedding } from '../../../testing/fixtures.ts';
import { load } from './+page.server.ts';

it.each([
	['', false],
	['Anna & Ben', true]
])('the front page of the couple knows whether “%s” is a name', async (names, isNamed) => {
	const { couple } = await makeWedding(names);
	expect(await load({ locals: { viewer: couple, wedding: { names } } } as never)).toMatchObject({ isNamed });
});
