const KEY = 'rsvp';

/**
 * An attachment: what is typed stays in this tab through a reload and a lost connection, until it is saved. It is put
 * back (where `mayRestore`: nothing came back from the server) when what it was typed over is still what is stored.
 */
export const keep = (version: string, mayRestore: boolean) => (form: HTMLFormElement) => {
	if (mayRestore) restore(form, version);
	const store = () => {
		const typed = [...new FormData(form)].filter(([, value]) => typeof value === 'string');
		sessionStorage.setItem(KEY, JSON.stringify({ version, typed }));
	};
	form.addEventListener('input', store);
	return () => form.removeEventListener('input', store);
};

export function forget(): void {
	sessionStorage.removeItem(KEY);
}

function restore(form: HTMLFormElement, version: string): void {
	const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as {
		version: string;
		typed: [string, string][];
	} | null;
	if (kept?.version !== version) return;
	const names = new Set(kept.typed.map(([name]) => name));
	for (const box of form.querySelectorAll<HTMLInputElement>('[type="checkbox"]'))
		if (box.checked !== names.has(box.name)) box.click();
	for (const [name, value] of kept.typed) {
		const field = form.elements.namedItem(name);
		if (field instanceof RadioNodeList) field.value = value;
		else if (field instanceof HTMLInputElement && /hidden|checkbox/.test(field.type)) continue;
		else if (field && 'value' in field) field.value = value;
		// svelte hears of it as of a hand
		const changed = field instanceof RadioNodeList ? [...field] : [field];
		for (const one of changed) {
			if (one instanceof HTMLInputElement && one.type === 'radio' && !one.checked) continue;
			for (const type of ['input', 'change']) one?.dispatchEvent(new Event(type, { bubbles: true }));
		}
	}
}
