const CHOSEN = 'q.';

/** What the address of a preview says: how to read the table, and what was chosen. */
export function readAsked(address: URLSearchParams) {
	const chosen = [...address].filter(([name, value]) => name.startsWith(CHOSEN) && value);
	return {
		address,
		chosen: Object.fromEntries(chosen.map(([name, value]) => [name.slice(CHOSEN.length), value]))
	};
}
