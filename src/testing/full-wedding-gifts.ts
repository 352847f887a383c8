import { randomUUID } from 'node:crypto';

type Known = { weddingId: string; tagId: string; home: string; guestId: string };

/** Gifts of every kind, one of which somebody brings, and how their list is shown. */
export function giftRows({ weddingId, tagId, home, guestId }: Known, time: Date) {
	const [wok, plates] = [randomUUID(), randomUUID()];
	const shown = { isHidden: true, visibleOn: new Date('2020-05-30'), onlyFor: [tagId] };
	return {
		Gift: [
			{
				...{ id: wok, weddingId, title: { en: 'A wok' }, text: { nl: 'Een *grote*' }, position: 1 },
				...{ link: 'https://shop.example/wok', price: 12950, currency: 'CHF', version: 4, createdAt: time },
				...{ ...shown, removedAt: time }
			},
			{ id: plates, weddingId, title: { nl: 'Borden' }, wanted: 6, position: 2, createdAt: time },
			{
				...{ id: randomUUID(), weddingId, kind: 'money', title: { en: 'Honeymoon' }, position: 3 },
				...{ holder: 'Anna', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A', reference: 'Gift' },
				createdAt: time
			}
		],
		GiftTaking: [
			{ giftId: wok, householdId: home, weddingId, guestId, promised: 'never', takenAt: time },
			{ giftId: plates, householdId: home, weddingId, count: 2, promised: 'takers', takenAt: time }
		],
		GiftList: [{ weddingId, intro: { en: 'You are enough' }, takersShown: 'takers', ...shown, version: 3 }]
	};
}
