import { firstName } from '#lib/people/guest.ts';
import * as front from '#lib/pictures/front.server.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import { clock } from '#lib/kernel/clock.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as blocks from '#lib/pages/shown.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import * as replies from '#lib/rsvp/replies.server.ts';
import { readIn } from '#lib/i18n/words.ts';
import * as tables from '#lib/tables/shown.server.ts';
import { countDays, sayCountdown } from '#lib/weddings/countdown.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding, language, name } }) => {
	const sheet = may(viewer, 'rsvp:answer') && viewer.householdId ? await replies.getOwn(viewer) : null;
	return {
		// who came in with a card is the household
		greeted: viewer.guestId ? firstName(name) : name,
		countdown: wedding.heldOn && sayCountdown(countDays(wedding, wedding.heldOn, clock.now()), language),
		welcome: readIn(wedding.welcome, language),
		sheet,
		tables: may(viewer, 'tables:own') ? await tables.listOwn(viewer) : [],
		picture: await front.find(viewer),
		events: sheet?.events ?? (await events.listOwn(viewer)),
		blocks: await blocks.list(viewer, language),
		recordings: await programme.count(viewer)
	};
};
