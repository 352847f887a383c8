import { formAction } from '#lib/kernel/forms/form.server.ts';
import { SubscriptionChange } from '#lib/outbox/subscription.schema.ts';
import * as subscriptions from '#lib/outbox/subscriptions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	return subscriptions.open(locals.viewer, params.token);
};

export const actions = {
	default: formAction('everybody', SubscriptionChange, async (asked, { locals, params, url }) => {
		const isOneClick = Boolean(asked['List-Unsubscribe']);
		const off = isOneClick
			? subscriptions.readOneClick(url.searchParams.get('of'))
			: asked.off && [asked.off];
		const on = asked.on && [asked.on];
		await subscriptions.change(locals.viewer, params.token!, { off, on });
		return { isOff: Boolean(off) };
	})
} satisfies Actions;
