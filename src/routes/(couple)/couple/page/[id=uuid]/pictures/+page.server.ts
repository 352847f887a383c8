import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as blocks from '#lib/pages/blocks.server.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as attached from '#lib/pictures/attached.server.ts';
import { PictureChosen, PictureMove, PictureWords } from '#lib/pictures/picture.schema.ts';
import { LIMIT_BYTES as limitBytes } from '#lib/pictures/stored.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params: { id } }) => ({
	block: await blocks.get(viewer, id),
	pictures: (await attached.list(viewer, 'block', [id])).get(id) ?? [],
	spoken: await languages.list(viewer),
	limitBytes
});

const of = ({ id }: { id?: string }) => ({ place: 'block' as const, subjectId: id! });

export const actions = {
	describe: formAction('pages:edit', PictureWords, async ({ picture, alt }, { locals, params }) => {
		await attached.describe(locals.viewer, of(params), picture, alt);
		return { isSaved: true };
	}),
	move: formAction('pages:edit', PictureMove, async ({ picture, direction }, { locals, params }) => {
		await attached.move(locals.viewer, of(params), picture, direction);
		return {};
	}),
	remove: formAction('pages:edit', PictureChosen, async ({ picture }, { locals, params }) => {
		await attached.remove(locals.viewer, of(params), picture);
		return { removed: picture };
	}),
	restore: formAction('pages:edit', PictureChosen, async ({ picture }, { locals, params }) => {
		await attached.restore(locals.viewer, of(params), picture);
		return {};
	})
} satisfies Actions;
