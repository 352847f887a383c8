import { z } from 'zod';
import { addressOf } from '#lib/feeds/feed.ts';
import * as feeds from '#lib/feeds/feeds.server.ts';
import * as keepsake from '#lib/keepsake/keepsake.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding } }) => {
	const secret = await feeds.find(viewer);
	return {
		address: secret && addressOf(weddings.originOf(wedding), secret),
		bytes: await keepsake.weigh(viewer)
	};
};

const nothing = z.object({});

export const actions = {
	renew: formAction('feeds:have', nothing, (_, { locals }) => feeds.renew(locals.viewer)),
	stop: formAction('feeds:have', nothing, (_, { locals }) => feeds.stop(locals.viewer))
} satisfies Actions;
