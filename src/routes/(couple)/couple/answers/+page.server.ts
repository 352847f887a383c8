import { z } from 'zod';
import { id } from '#lib/kernel/forms/fields.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import { Many } from '#lib/rsvp/many.schema.ts';
import * as many from '#lib/rsvp/many.server.ts';
import * as table from '#lib/rsvp/table.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding }, url, depends }) => {
	depends('live:answers');
	return {
		...(await table.read(viewer, url.searchParams, wedding.timeZone)),
		mayAnswer: may(viewer, 'answers:edit'),
		mayAddEvents: may(viewer, 'events:edit')
	};
};

export const actions = {
	change: formAction('answers:edit', Many, (typed, { locals, url }) =>
		many.change(locals.viewer, typed, url.searchParams)
	),
	undo: formAction('answers:edit', z.object({ id }), async ({ id }, { locals }) => {
		await many.undo(locals.viewer, id);
		return { isUndone: true };
	})
} satisfies Actions;
