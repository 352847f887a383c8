import { digest } from '#lib/kernel/token.ts';
import type { Viewer } from '#lib/kernel/viewer.ts';

/** Whose a page is, for a browser to keep guests theirs and to know when somebody else is there: a name for them, and the language. */
export function keptFor(viewer: Viewer | undefined, language: string): string {
	if (viewer?.role !== 'guest') return 'nobody';
	const { householdId, guestId = '' } = viewer;
	return `${digest(`kept for ${householdId} ${guestId}`).toString('base64url').slice(0, 22)} ${language}`;
}
