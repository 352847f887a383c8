import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as runs from '#lib/outbox/runs.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, depends }) => {
	depends('live:runs');
	const version = await runs.version(viewer);
	return { run: await runs.get(viewer, params.id), version };
};

const None = z.object({});

export const actions = {
	pause: formAction('mail:send', None, (_, { locals, params }) => runs.pause(locals.viewer, params.id!)),
	resume: formAction('mail:send', None, (_, { locals, params }) => runs.resume(locals.viewer, params.id!)),
	stop: formAction('mail:send', None, (_, { locals, params }) => runs.stop(locals.viewer, params.id!)),
	retryUnsure: formAction('mail:send', None, (_, { locals, params }) =>
		runs.retryUnsure(locals.viewer, params.id!)
	),
	leaveUnsure: formAction('mail:send', None, (_, { locals, params }) =>
		runs.leaveUnsure(locals.viewer, params.id!)
	)
} satisfies Actions;
