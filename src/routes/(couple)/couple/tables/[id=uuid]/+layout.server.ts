import { readIn } from '#lib/i18n/words.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as events from '#lib/rsvp/events.server.ts';
import * as plans from '#lib/tables/plans.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { viewer, language }, params, depends }) => {
	depends('live:seating');
	const plan = await plans.get(viewer, params.id);
	const { name } = await events.get(viewer, plan.eventId);
	return {
		...{ plan, event: readIn(name, language) },
		...{ mayEditTables: may(viewer, 'tables:edit'), maySeeAnswers: may(viewer, 'answers:read') }
	};
};
