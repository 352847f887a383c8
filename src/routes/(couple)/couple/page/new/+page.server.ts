import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { listWritten } from '#lib/i18n/words.ts';
import { permit } from '#lib/kernel/viewer.ts';
import { BlockDetails } from '#lib/pages/block.schema.ts';
import * as blocks from '#lib/pages/blocks.server.ts';
import * as shown from '#lib/pages/shown.server.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	permit(viewer, 'pages:edit');
	return { spoken: await languages.list(viewer), tags: await tags.list(viewer) };
};

export const actions = {
	add: formAction('pages:edit', BlockDetails, async (block, { locals: { viewer } }) => {
		redirect(303, `/couple/page?saved=${await blocks.add(viewer, block)}`);
	}),
	preview: formAction('pages:edit', BlockDetails, async (block, { locals: { viewer } }) => ({
		block,
		shown: shown.preview(viewer, block, listWritten(await languages.list(viewer), [block.title, block.text]))
	}))
} satisfies Actions;
