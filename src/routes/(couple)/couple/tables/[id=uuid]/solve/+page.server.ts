import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as placed from '#lib/tables/placed.server.ts';
import { NewProposal, ProposalChosen, WishOfProposal } from '#lib/tables/proposal.schema.ts';
import * as proposals from '#lib/tables/proposals.server.ts';
import { Nothing } from '#lib/tables/seating.schema.ts';
import { isSeated } from '#lib/tables/seating.ts';
import * as wishes from '#lib/tables/wishes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url, depends, parent }) => {
	depends('live:proposals');
	const version = await proposals.version(viewer);
	const all = await placed.list(viewer, (await parent()).plan);
	return {
		...{ version, proposal: await proposals.look(viewer, params.id) },
		...{ mode: url.searchParams.get('mode'), seated: all.filter(isSeated).length },
		silent: all.filter((one) => !isSeated(one) && one.said === null).length
	};
};

export const actions = {
	start: formAction('tables:edit', NewProposal, (asked, { locals: { viewer }, params }) =>
		proposals.start(viewer, params.id!, asked)
	),
	stop: formAction('tables:edit', Nothing, (_, { locals: { viewer }, params }) =>
		proposals.stop(viewer, params.id!)
	),
	leave: formAction('tables:edit', ProposalChosen, ({ id }, { locals: { viewer }, params }) =>
		proposals.leave(viewer, params.id!, id)
	),
	take: formAction('tables:edit', ProposalChosen, async ({ id }, { locals: { viewer }, params }) => {
		await proposals.take(viewer, params.id!, id);
		redirect(303, `/couple/tables/${params.id}?taken`);
	}),
	removeWish: formAction('tables:edit', WishOfProposal, ({ wishId }, { locals: { viewer }, params }) =>
		wishes.remove(viewer, params.id!, wishId)
	)
} satisfies Actions;
