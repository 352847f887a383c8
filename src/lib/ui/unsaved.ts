/** What leaving the page would lose, each with the question to ask before; nothing while there is nothing to lose. */
const losses = new Set<Loss>();

/** `route`: the id of the one that it is left for, undefined where the whole site is left. */
type Loss = (route: string | undefined) => string | undefined;

/** Asks before the page is left for as long as `loss` says something. Returns what takes that back. */
export function ask(loss: Loss): () => void {
	losses.add(loss);
	return () => losses.delete(loss);
}

/** What to ask before the page is left for `route`. */
export function question(route: string | undefined): string | undefined {
	for (const loss of losses) {
		const asked = loss(route);
		if (asked) return asked;
	}
	return undefined;
}

const saved = new WeakMap<HTMLFormElement, string>();

/**
 * An attachment: `words` are asked before the page is left while the form says something that was not saved, as what it
 * says at first may be.
 */
export const keep =
	(words: string, isSaved = true) =>
	(form: HTMLFormElement) => {
		save(form, isSaved ? content(form) : '');
		return ask(() => (content(form) === saved.get(form) ? undefined : words));
	};

/** Nothing of the form is lost any more, or nothing of what it said when it was sent. */
export function save(form: HTMLFormElement, sent = content(form)): void {
	saved.set(form, sent);
}

/** What a person put into it. A field left empty is nothing, also one that was added. */
export function content(form: HTMLFormElement): string {
	const data = new FormData(form);
	for (const { name } of form.querySelectorAll<HTMLInputElement>('[type=hidden]')) data.delete(name);
	const typed = [...data].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]);
	return JSON.stringify(typed.filter(([, value]) => value));
}
