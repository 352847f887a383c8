import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as members from '#lib/members/members.server.ts';
import * as lines from '#lib/rsvp/lines.server.ts';
import * as overview from '../../../app/overview.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, depends }) => {
	depends('live:answers');
	const version = may(viewer, 'answers:read') ? await lines.version(viewer) : null;
	return { ...(await overview.look(viewer)), version, greeting: await members.findUngreeted(viewer) };
};

export const actions = {
	greet: formAction('members:be', z.object({}), (_, { locals }) => members.greet(locals.viewer))
} satisfies Actions;
