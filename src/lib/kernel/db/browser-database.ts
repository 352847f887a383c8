/**
 * A database of this browser: its stores, by name, and where the key of what they hold is. Gives back what asks it: with all
 * stores, in one transaction; the answer is that of the last request, and comes when all of it is on the device's disk.
 */
export function openBrowserDatabase<Name extends string>(
	database: string,
	shapes: Record<Name, IDBObjectStoreParameters>
) {
	const names = Object.keys(shapes) as Name[];
	let opened: Promise<IDBDatabase> | undefined;

	function open(): Promise<IDBDatabase> {
		opened ??= new Promise<IDBDatabase>((resolve, reject) => {
			const asked = indexedDB.open(database, 1);
			asked.onupgradeneeded = () => {
				for (const name of names) asked.result.createObjectStore(name, shapes[name]);
			};
			asked.onsuccess = () => {
				// Safari closes it when the phone was away for long
				asked.result.onclose = forget;
				resolve(asked.result);
			};
			asked.onerror = () => {
				forget();
				reject(asked.error);
			};
		});
		return opened;
	}

	function forget() {
		opened = undefined;
	}

	return async function ask<Result>(
		mode: IDBTransactionMode,
		act: (stores: Record<Name, IDBObjectStore>) => IDBRequest<Result>
	): Promise<Result> {
		const database = await open();
		return new Promise((resolve, reject) => {
			const transaction = database.transaction(names, mode, { durability: 'strict' });
			const stores = names.map((name) => [name, transaction.objectStore(name)] as const);
			const asked = act(Object.fromEntries(stores) as Record<Name, IDBObjectStore>);
			transaction.oncomplete = () => resolve(asked.result);
			transaction.onabort = () => reject(transaction.error);
		});
	};
}
