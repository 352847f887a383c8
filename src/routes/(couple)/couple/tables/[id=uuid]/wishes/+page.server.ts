import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as room from '#lib/tables/room.server.ts';
import { NewWish, WishChosen } from '#lib/tables/wish.schema.ts';
import * as wishes from '#lib/tables/wishes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, parent }) => {
	const { plan, mayEditTables } = await parent();
	return {
		wishes: await wishes.list(viewer, plan.eventId),
		labels: mayEditTables
			? (await wishes.listCandidates(viewer, plan.eventId)).map(({ label }) => label)
			: [],
		numbers: (await room.look(viewer, params.id)).tables.map(({ number }) => number)
	};
};

export const actions = {
	add: formAction('tables:edit', NewWish, (wish, { locals: { viewer }, params }) =>
		wishes.add(viewer, params.id!, wish)
	),
	remove: formAction('tables:edit', WishChosen, ({ id }, { locals: { viewer }, params }) =>
		wishes.remove(viewer, params.id!, id)
	)
} satisfies Actions;
