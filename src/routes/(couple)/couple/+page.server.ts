import { z } from 'zod';
import * as cookies from '#lib/auth/cookies.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as members from '#lib/members/members.server.ts';
import * as lines from '#lib/rsvp/lines.server.ts';
import * as overview from '../../../app/overview.server.ts';
import type { Actions, PageServerLoad } from './$types';

const Fold = z.object({ isFolded: z.enum(['yes', 'no']) });

export const load: PageServerLoad = async ({ locals: { viewer }, depends, cookies: sent }) => {
	depends('live:answers');
	const version = may(viewer, 'answers:read') ? await lines.version(viewer) : null;
	const isFolded = cookies.hasFolded(sent);
	const look = await overview.look(viewer, isFolded);
	cookies.keepGuided(sent, !!look.guide && !isFolded);
	return {
		...look,
		...{ version, isFolded },
		greeting: await members.findUngreeted(viewer)
	};
};

export const actions = {
	greet: formAction('members:be', z.object({}), (_, { locals }) => members.greet(locals.viewer)),
	fold: formAction('members:be', Fold, ({ isFolded }, event) =>
		cookies.keepFolded(event.cookies, isFolded === 'yes')
	)
} satisfies Actions;
