import { randomUUID } from 'node:crypto';

/** What the couple added to the front page. */
export function blockRows(weddingId: string, tagId: string, createdAt: Date) {
	const later = { isHidden: true, visibleOn: new Date('2020-05-30'), onlyFor: [tagId] };
	return [
		{
			...{ id: randomUUID(), weddingId, kind: 'stay', title: { nl: 'Slapen' }, text: { nl: 'Bij *oma*' } },
			...{ position: 1, createdAt, ...later }
		},
		{ id: randomUUID(), weddingId, kind: 'contact', text: { en: 'Ring us' }, position: 2, createdAt }
	];
}
