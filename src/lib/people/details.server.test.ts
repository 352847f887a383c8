import { describe, expect, it } from 'vitest';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import { linkPhone } from './household.ts';
import { NewHousehold } from './household.schema.ts';
import * as households from './households.server.ts';

const henk = { name: 'Buurman Henk', language: 'nl', guests: [{ name: 'Henk' }] };
const more = { address: 'Dorpsstraat 3\n1234 AB Soest', phone: '06 1234 5678', note: 'Not beside Tom' };

describe('the address, the phone and the note of a household', () => {
	it('come back to the couple, and the note to nobody else', async () => {
		const { couple, helper } = await makeWedding();
		const id = await households.add(couple, { ...henk, ...more });
		expect(await households.get(couple, id)).toMatchObject(more);
		const { address, phone } = more;
		expect(await households.get(helper, id)).toMatchObject({ address, phone, note: undefined });
		for (const one of await households.list(couple)) expect(one.note).toBeUndefined();
	});

	it('stay as they are when a form does not have them, and go when it has them empty', async () => {
		const { couple } = await makeWedding();
		const id = await households.add(couple, { ...henk, ...more });
		await editHousehold(couple, id, henk);
		expect(await households.get(couple, id)).toMatchObject(more);
		await editHousehold(couple, id, { ...henk, address: '', phone: '', note: '' });
		expect(await households.get(couple, id)).toMatchObject({ address: '', phone: '', note: '' });
		expect((await db.household.findUnique({ where: { id } }))!.noteSealed).toBeNull();
	});

	it('are part of the version that a page showed', async () => {
		const { couple } = await makeWedding();
		const id = await households.add(couple, { ...henk, ...more });
		for (const changed of [{ address: 'Elsewhere' }, { phone: '1' }, { note: 'Beside Tom' }]) {
			const { version } = await households.get(couple, id);
			await editHousehold(couple, id, { ...henk, ...changed });
			await expect(households.edit(couple, id, { ...henk, version })).rejects.toMatchObject({ status: 409 });
		}
	});

	it('keep the note out of the database’s text, and another household’s out of this one', async () => {
		const { couple } = await makeWedding();
		const [one, other] = [
			await households.add(couple, { ...henk, ...more }),
			await households.add(couple, { ...henk, note: 'Other' })
		];
		const { noteSealed } = (await db.household.findUnique({ where: { id: one } }))!;
		expect(Buffer.from(noteSealed!).toString('latin1')).not.toContain('Tom');
		await db.household.update({ where: { id: other }, data: { noteSealed } });
		await expect(households.get(couple, other)).rejects.toThrow();
	});

	it('are as long as a form lets them be', () => {
		const issues = (typed: object) =>
			NewHousehold.safeParse({
				...{ id: crypto.randomUUID(), name: '', language: 'nl', guests: { 0: { name: 'Henk' } } },
				...typed
			}).error?.issues.map(({ path }) => path.join('.'));
		expect(issues(more)).toBeUndefined();
		const long = { address: 'a'.repeat(401), phone: '1'.repeat(41), note: 'n'.repeat(2001) };
		expect(issues(long)).toEqual(['address', 'phone', 'note']);
	});
});

it.each([
	['06 1234 5678', 'tel:0612345678'],
	['+31 (0)6-12.34.56.78', 'tel:+31612345678'],
	['ask Greet', ''],
	['', '']
])('a tap on “%s” leads to “%s”', (phone, link) => expect(linkPhone(phone)).toBe(link));
