import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { makeFull, type Full } from '../../testing/full-wedding.ts';
import { schema } from '../../testing/schema.ts';
import { db } from '../../lib/kernel/db/db.server.ts';
import { seal, unseal } from '../../lib/kernel/db/sealed.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { rotate, sealed } from './rotate.server.ts';

const { DATA_KEY } = settings;
const makeKey = () => randomBytes(32).toString('hex');

/** As a deploy with these keys. */
function use(now: string, old?: string) {
	Object.assign(settings, { DATA_KEY: now, DATA_KEY_OLD: old });
}

const [first, second] = [makeKey(), makeKey()];
let ours: Full;

beforeEach(async () => {
	// of other tests in this database
	await db.diet.deleteMany();
	await db.household.updateMany({ data: { noteSealed: null } });
	use(first);
	ours = await makeFull();
});
afterEach(() => {
	Object.assign(settings, { DATA_KEY, DATA_KEY_OLD: undefined });
});

async function read() {
	const diets = await db.diet.findMany({ where: { weddingId: ours.weddingId } });
	const households = await db.household.findMany({ where: { weddingId: ours.weddingId } });
	const notes = households.filter(({ noteSealed }) => noteSealed);
	return [
		...diets.map(({ guestId, sealed }) => unseal(sealed, `diet.sealed:${guestId}`)),
		...notes.map(({ id, noteSealed }) => unseal(noteSealed!, `household.note_sealed:${id}`))
	].sort();
}

const WORDS = ['no nuts', 'not near Tom', 'vegan'];

it('every sealed column is sealed anew, and opens with the new key alone', async () => {
	expect(await read()).toEqual(WORDS);
	use(second, first);
	expect(await read()).toEqual(WORDS);
	expect(await rotate()).toBe(4);
	expect(await rotate()).toBe(0);
	use(second);
	expect(await read()).toEqual(WORDS);
	use(first);
	await expect(read()).rejects.toThrow('another DATA_KEY');
});

it('what was sealed anew before it was stopped is left alone, and so is what somebody changes', async () => {
	use(second, first);
	const { guestId } = (await db.diet.findFirst({ where: { weddingId: ours.weddingId } }))!;
	const fresh = seal('fish', `diet.sealed:${guestId}`);
	await db.diet.update({ where: { guestId }, data: { sealed: fresh } });
	expect(await rotate()).toBe(3);
	const { sealed: left } = (await db.diet.findUnique({ where: { guestId } }))!;
	expect(Buffer.from(left).equals(fresh)).toBe(true);
});

it('what no key opens is said, once everything else is done', async () => {
	const { guestId } = (await db.diet.findFirst({ where: { weddingId: ours.weddingId } }))!;
	use(makeKey());
	await db.diet.update({ where: { guestId }, data: { sealed: seal('lost', `diet.sealed:${guestId}`) } });
	use(second, first);
	await expect(rotate()).rejects.toThrow('1 values are sealed with a key that is neither');
	await db.diet.delete({ where: { guestId } });
	use(second);
	expect(await read()).toHaveLength(2);
});

it('knows every column of the schema that is sealed', () => {
	const bytes = [...schema.matchAll(/^\t(\w*[sS]ealed)\s+Bytes/gm)];
	expect(sealed).toHaveLength(bytes.length);
});
