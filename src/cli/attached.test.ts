import { expect, it } from 'vitest';
import { sentence } from '../lib/i18n/say.server.ts';
import { makeWedding } from '../testing/fixtures.ts';
import { system } from '../lib/weddings/system.ts';
import * as erase from '../operate/erase/erase.server.ts';
import { connected } from './attached.ts';

it('says in a line what is refused to a command: a wedding that somebody else has just erased', async () => {
	const { weddingId } = await makeWedding();
	const erasing = connected(async () => {
		await Promise.all([1, 2].map(() => erase.wedding(system(weddingId))));
	});
	const problem = await erasing.catch((error) => error);
	expect(sentence(problem)).toBe("That's no longer there: it has just been removed.");
});
