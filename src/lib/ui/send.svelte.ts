import { tick } from 'svelte';
import { type ActionResult, enhance, type SubmitFunction } from '$app/forms';
import { refreshAll } from '$app/navigation';
import * as unsaved from './unsaved.ts';

/** Why the last form was not taken, until another one is sent or another page opened; status 0: no answer came. */
export const trouble = $state<{ last: { status: number; message: string } | null }>({ last: null });

/**
 * Kit's `enhance`, but the page stays whatever the answer is, with what was typed: `update` does nothing when there
 * was none, or an error, and `trouble` says which. What is wrong with the form gets the focus, or comes in sight; so
 * does what is said when the button is gone.
 */
export function send(form: HTMLFormElement, submit: SubmitFunction = () => {}) {
	return enhance(form, async (input) => {
		trouble.last = null;
		const content = unsaved.content(form);
		const answered = await submit(input);
		return async ({ result, update, ...sent }) => {
			if (result.type === 'error') {
				// kit gives a status to what the server said alone; a proxy's page is no answer either
				trouble.last = { status: result.status ?? 0, message: result.error.message };
			}
			const isAnswered = result.type === 'success' || result.type === 'redirect';
			const isSaved = isAnswered && !input.submitter?.hasAttribute('data-without-saving');
			const isAsSent = unsaved.content(form) === content;
			if (isSaved) unsaved.save(form, content);
			let hasUpdated = false;
			const stay: typeof update = async (options) => {
				hasUpdated = true;
				// navigate: the action's address lacks the ?q= of this page, so kit would leave for it
				if (result.type !== 'error') await update({ navigate: false, ...options });
			};
			await (answered ? answered({ ...sent, result, update: stay }) : stay());
			// as it was stored: without the blanks at its end, say
			if (isSaved && isAsSent) await tick().then(() => unsaved.save(form));
			if (result.type === 'failure') await show(form);
			if (result.type === 'success' && hasUpdated) await goOn(input.submitter);
		};
	});
}

/** Somebody else has changed meanwhile what the form was about: the page shows it as it is now. */
export async function refreshIfRefused(result: ActionResult) {
	if (result.type === 'failure' && result.status === 409) await refreshAll();
}

/** For a form that needs nothing else afterwards. */
export const refreshing: SubmitFunction =
	() =>
	async ({ result, update }) => {
		await update();
		await refreshIfRefused(result);
	};

/** Kit's update takes the focus to the page: back to what was pressed, or to what is said if that is gone. */
async function goOn(submitter: HTMLElement | null) {
	await tick();
	if (document.activeElement !== document.body) return;
	const isThere = submitter?.getClientRects().length;
	const next = isThere ? submitter : document.querySelector<HTMLElement>('main .notice');
	next?.focus();
	// a dialog that closes meanwhile moves the page once more, on a slow device after some frames
	const show = () => next?.scrollIntoView({ block: 'nearest' });
	requestAnimationFrame(show);
	setTimeout(show, 200);
}

async function show(form: HTMLFormElement) {
	await tick();
	const wrong = form.querySelector<HTMLElement>('[aria-invalid]');
	if (wrong) {
		wrong.focus({ preventScroll: true });
		// not at the edge, where its label and its sentence would be out of sight
		return wrong.scrollIntoView({ block: 'center' });
	}
	const notice = form.querySelector('[role=alert]') ?? document.querySelector('main [role=alert]');
	notice?.scrollIntoView();
}
