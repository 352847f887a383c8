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

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
	opened ??= new Promise((resolve, reject) => {
		const asked = indexedDB.open('guestbook', 1);
		asked.onupgradeneeded = () => {
			asked.result.createObjectStore('drafts', { keyPath: 'id' });
			asked.result.createObjectStore('slices', { keyPath: ['draftId', 'place'] });
		};
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
	return opened;
}

type Stores = { drafts: IDBObjectStore; slices: IDBObjectStore };

/** Resolves when it is on the device's disk, with what `act` asked for last. */
async function ask<Result>(
	mode: IDBTransactionMode,
	act: (stores: Stores) => IDBRequest<Result>
): Promise<Result> {
	const database = await open();
	return new Promise((resolve, reject) => {
		const transaction = database.transaction(['drafts', 'slices'], mode, { durability: 'strict' });
		const asked = act({
			drafts: transaction.objectStore('drafts'),
			slices: transaction.objectStore('slices')
		});
		transaction.oncomplete = () => resolve(asked.result);
		transaction.onabort = () => reject(transaction.error);
	});
}

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
