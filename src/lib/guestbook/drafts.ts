import { openBrowserDatabase } from '../kernel/db/browser-database.ts';

/** Messages that were recorded on this device and that the server has not: second by second, so that little is lost. */
export type Draft = {
	id: string;
	/** the household that recorded it: another one that signs in here sees nothing of it */
	owner: string;
	/** as the recorder says it */
	type: string;
	speaker: string;
	/** told to go; it does when it can */
	isSending: boolean;
	/** where the server has the beginning of it */
	address: string | null;
	/** why the server does not want it, in the visitor's language */
	problem: string;
};

type Slice = { draftId: string; place: number; bytes: ArrayBuffer };

const ask = openBrowserDatabase('guestbook', {
	drafts: { keyPath: 'id' },
	slices: { keyPath: ['draftId', 'place'] }
});

const slicesOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Infinity]);

export const keep = (draft: Draft) => ask('readwrite', ({ drafts }) => drafts.put(draft));

/** Bytes rather than a Blob: Safari's private windows keep no Blob. */
export async function addSlice(draftId: string, place: number, slice: Blob): Promise<void> {
	const bytes = await slice.arrayBuffer();
	await ask('readwrite', ({ slices }) => slices.put({ draftId, place, bytes } satisfies Slice));
}

/** Those of a household, in no order. */
export async function list(owner: string): Promise<Draft[]> {
	const all = await ask<Draft[]>('readonly', ({ drafts }) => drafts.getAll());
	return all.filter((draft) => draft.owner === owner);
}

export async function sound({ id, type }: Draft): Promise<Blob> {
	const all = await ask<Slice[]>('readonly', ({ slices }) => slices.getAll(slicesOf(id)));
	return new Blob(
		all.map(({ bytes }) => bytes),
		{ type }
	);
}

export async function remove(id: string): Promise<void> {
	await ask('readwrite', ({ drafts, slices }) => {
		slices.delete(slicesOf(id));
		return drafts.delete(id);
	});
}
