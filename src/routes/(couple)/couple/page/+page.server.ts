import { formAction } from '#lib/kernel/forms/form.server.ts';
import { BlockChosen, BlockMove, BlockSwitch, RemovedBlock } from '#lib/pages/block.schema.ts';
import * as blocks from '#lib/pages/blocks.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const all = await blocks.list(viewer);
	const saved = searchParams.get('saved');
	return {
		blocks: all,
		tags: await tags.list(viewer),
		saved: all.find(({ id }) => id === saved)
	};
};

export const actions = {
	move: formAction('pages:edit', BlockMove, async ({ id, direction }, { locals: { viewer } }) => {
		await blocks.move(viewer, id, direction);
		return {};
	}),
	switch: formAction('pages:edit', BlockSwitch, async ({ id, isHidden }, { locals: { viewer } }) => {
		await blocks.setHidden(viewer, id, isHidden === 'yes');
		return {};
	}),
	remove: formAction('pages:edit', BlockChosen, async ({ id }, { locals: { viewer } }) => ({
		removed: await blocks.remove(viewer, id)
	})),
	restore: formAction(
		'pages:edit',
		RemovedBlock,
		async ({ position, pictures, ...block }, { locals: { viewer } }) => {
			await blocks.add(viewer, block, { position, pictures });
			return { isBack: true };
		}
	)
} satisfies Actions;
