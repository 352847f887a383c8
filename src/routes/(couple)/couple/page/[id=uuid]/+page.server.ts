import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { listWritten } from '#lib/i18n/words.ts';
import { BlockDetails } from '#lib/pages/block.schema.ts';
import * as blocks from '#lib/pages/blocks.server.ts';
import * as shown from '#lib/pages/shown.server.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => ({
	block: await blocks.get(viewer, params.id),
	spoken: await languages.list(viewer),
	tags: await tags.list(viewer)
});

export const actions = {
	save: formAction('pages:edit', BlockDetails, async (block, { locals: { viewer }, params }) => {
		await blocks.edit(viewer, params.id!, block);
		redirect(303, `/couple/page?saved=${params.id}`);
	}),
	preview: formAction('pages:edit', BlockDetails, async (block, { locals: { viewer } }) => ({
		block,
		shown: shown.preview(viewer, block, listWritten(await languages.list(viewer), [block.title, block.text]))
	}))
} satisfies Actions;
