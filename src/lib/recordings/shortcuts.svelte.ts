import { player } from './player.svelte.ts';
import { step } from './step.ts';

const KEPT = 'letter-keys';

/** Letters can be turned off, as WCAG 2.1.4 asks: whoever dictates says many. */
export const shortcuts = $state({ areLettersOn: read() });

function read(): boolean {
	try {
		return localStorage.getItem(KEPT) !== 'off';
	} catch {
		return true;
	}
}

export function turnLetters(on: boolean) {
	shortcuts.areLettersOn = on;
	try {
		localStorage.setItem(KEPT, on ? 'on' : 'off');
	} catch {
		// a browser that keeps nothing
	}
}

const KEYS: Record<string, () => void> = {
	' ': () => player.toggle(),
	ArrowLeft: () => player.skip(-5),
	ArrowRight: () => player.skip(5)
};
const LETTERS: Record<string, () => void> = {
	j: () => player.skip(-15),
	l: () => player.skip(15),
	'shift p': () => step(-1),
	'shift n': () => step(1)
};

/** What types, or has a use of its own for these keys. */
const TYPING = 'input, textarea, select, dialog, [contenteditable]';
const PRESSED = 'button, a, summary';

export function press(event: KeyboardEvent) {
	const { key, target } = event;
	if (!player.track || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
	const at = target instanceof Element ? target : document.body;
	if (at.closest(TYPING) || (key === ' ' && at.closest(PRESSED))) return;
	const letter = `${event.shiftKey ? 'shift ' : ''}${key.toLowerCase()}`;
	const act = KEYS[key] ?? (shortcuts.areLettersOn ? LETTERS[letter] : undefined);
	if (!act) return;
	event.preventDefault();
	act();
}
