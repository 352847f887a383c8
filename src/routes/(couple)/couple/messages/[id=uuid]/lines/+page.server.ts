import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as lines from '#lib/messages/lines.server.ts';
import { PersonalLines } from '#lib/messages/mailing.schema.ts';
import * as mailings from '#lib/messages/mailings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url: { searchParams } }) => ({
	mailing: await mailings.get(viewer, params.id),
	...(await lines.list(viewer, params.id, {
		words: searchParams.get('q') ?? '',
		page: Number(searchParams.get('page'))
	}))
});

export const actions = {
	save: formAction('mail:send', PersonalLines, async (said, { locals, params }) => {
		await lines.save(locals.viewer, params.id!, said.lines);
		return { isSaved: true };
	})
} satisfies Actions;
