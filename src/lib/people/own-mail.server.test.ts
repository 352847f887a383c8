import { beforeAll, expect, it } from 'vitest';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import * as subscriptions from '../outbox/subscriptions.server.ts';
import * as ownMail from './own-mail.server.ts';

let made: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => {
	made = await makeWedding();
	const { couple, household, riet, wim, email, mark } = made;
	const guests = [
		{ ...riet, email },
		{ ...wim, email: `wim-${mark}@example.org` }
	];
	await editHousehold(couple, household.id, { name: household.name, language: 'nl', guests });
});

it('a guest finds what mail comes to them without a mail at hand, the same place that its link leads to', async () => {
	const { guest, email, weddingId } = made;
	const [own, ...others] = await ownMail.list(guest);
	expect(own).toMatchObject({ address: email, names: ['Riet'] });
	expect(others).toEqual([]);
	expect(await subscriptions.link(weddingId, email, 'news')).toContain(`${own!.href}?of=news`);
	expect(await subscriptions.open(guest, own!.href.split('/').at(-1)!)).toMatchObject({ address: email });
});

it('whoever came in by the card finds those of the household, and others none', async () => {
	const { guest, couple, stranger } = made;
	const all = await ownMail.list({ ...guest, guestId: undefined });
	expect(all.map(({ names }) => names)).toEqual([['Riet'], ['Wim']]);
	expect(await ownMail.list(couple)).toEqual([]);
	await expect(ownMail.list(stranger)).rejects.toMatchObject({ status: 401 });
});
