import { expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import type { WeddingDetails } from './wedding.schema.ts';
import * as weddings from './weddings.server.ts';

const details: WeddingDetails = {
	names: 'Cem & Dana',
	heldOn: new Date('2028-02-29'),
	place: 'Gouda',
	welcome: { en: 'Welcome', nl: '' },
	timeZone: 'Europe/Istanbul',
	language: 'nl',
	guestsMayTake: true
};

it('is changed by the couple, and by nobody else', async () => {
	const { couple, helper, guest, stranger, weddingId } = await makeWedding();
	const other = await makeWedding('Eva & Tom');
	for (const viewer of [helper, guest]) {
		await expect(async () => weddings.edit(viewer, details)).rejects.toMatchObject({ status: 403 });
	}
	await expect(async () => weddings.edit(stranger, details)).rejects.toMatchObject({ status: 401 });
	expect((await weddings.get(guest)).names).toBe('Anna & Ben');

	await weddings.edit(couple, details);
	expect(await weddings.get(guest)).toMatchObject(details);
	expect((await weddings.get(other.guest)).names).toBe('Eva & Tom');
	const entry = await db.auditEntry.findFirstOrThrow({ where: { weddingId, action: 'wedding.edited' } });
	expect(entry.accountId).toBe(couple.accountId);
});

it('answers for its own host', async () => {
	const { mark, weddingId } = await makeWedding();
	expect(await weddings.findByHost(`${mark}.example`)).toMatchObject({
		id: weddingId,
		heldOn: new Date('2066-06-12')
	});
});

it('is where its own host is, over the protocol of ORIGIN, or at ORIGIN', () => {
	expect(weddings.originOf({ host: 'eva.example:8443' })).toBe('http://eva.example:8443');
	expect(weddings.originOf({ host: null })).toBe('http://localhost:3000');
});

it('is found by where it was before, until it comes back or another wedding is there', async () => {
	const { mark, couple, weddingId } = await makeWedding();
	const [first, second, third] = [`${mark}.example`, `second-${mark}.example`, `third-${mark}.example`];
	expect(await weddings.findByFormerHost(first)).toBeNull();
	await weddings.moveTo(couple, second);
	await weddings.moveTo(couple, third);
	for (const former of [first, second]) {
		expect(await weddings.findByHost(former)).toBeNull();
		expect(await weddings.findByFormerHost(former)).toEqual({ host: third });
	}
	await weddings.moveTo(couple, first);
	expect(await weddings.findByFormerHost(first)).toBeNull();
	expect(await weddings.findByFormerHost(third)).toEqual({ host: first });
	await db.wedding.create({ data: { names: 'Eva & Tom', host: second } });
	expect(await weddings.findByHost(second)).toMatchObject({ names: 'Eva & Tom' });
	expect(await weddings.findByHost(first)).toMatchObject({ id: weddingId });
});
