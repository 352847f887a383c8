import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as front from '#lib/pictures/front.server.ts';
import { LIMIT_BYTES as limitBytes } from '#lib/pictures/stored.server.ts';
import { PictureDetails, Restored } from '#lib/pictures/picture.schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	permit(viewer, 'pictures:edit');
	return {
		picture: await front.find(viewer),
		removed: await front.findRemoved(viewer),
		spoken: await languages.list(viewer),
		limitBytes
	};
};

const nothing = z.object({});

export const actions = {
	edit: formAction('pictures:edit', PictureDetails, async (details, { locals }) => {
		await front.edit(locals.viewer, details);
		return true;
	}),
	remove: formAction('pictures:edit', nothing, (_, { locals }) => front.remove(locals.viewer)),
	restore: formAction('pictures:edit', Restored, ({ id }, { locals }) => front.restore(locals.viewer, id))
} satisfies Actions;
