import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as members from '#lib/members/members.server.ts';
import * as overview from '../../../app/overview.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	...(await overview.look(viewer)),
	greeting: await members.findUngreeted(viewer)
});

export const actions = {
	greet: formAction('members:be', z.object({}), (_, { locals }) => members.greet(locals.viewer))
} satisfies Actions;
