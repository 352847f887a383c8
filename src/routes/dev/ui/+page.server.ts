import { drawCode } from '#lib/kernel/media/code.ts';
import { render } from '#lib/kernel/text/markdown.ts';
import * as mailbox from '#lib/mail/mailbox.server.ts';
import type { PageServerLoad } from './$types';
import { VIEWS } from './views.ts';

const PROSE = `## A heading

Words with **weight**, with *emphasis* and [a link](https://example.org).

- one
- two`;

/** For whoever builds: where the mailbox has pages, and nowhere else. */
export const load: PageServerLoad = ({ url: { searchParams } }) => {
	mailbox.requireShown();
	const view = VIEWS.find(({ id }) => id === searchParams.get('view')) ?? VIEWS[0]!;
	return { view, code: drawCode('https://example.org/i/ABCDEFGHJKMN'), prose: render(PROSE, 3) };
};
