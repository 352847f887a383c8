/**
 * Closes an open `<details>` when something else is pressed or reached, and by Escape, which leads back to the word
 * that opened it. Without JavaScript that word alone closes it.
 */
export function closing(details: HTMLDetailsElement): () => void {
	const end = new AbortController();
	const leave = ({ target }: Event) => {
		if (details.open && !details.contains(target as Node)) details.open = false;
	};
	// in a dialog that was opened from here it closes the dialog alone
	const escape = ({ key, target }: KeyboardEvent) => {
		if (key !== 'Escape' || !details.open || (target as Element).closest('dialog')) return;
		details.open = false;
		details.querySelector('summary')?.focus();
	};
	document.addEventListener('pointerdown', leave, end);
	document.addEventListener('focusin', leave, end);
	document.addEventListener('keydown', escape, end);
	return () => end.abort();
}
