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
	const [sheet, seats, picture, shown, recordings] = await Promise.all([
		may(viewer, 'rsvp:answer') && viewer.householdId ? replies.getOwn(viewer) : null,
		may(viewer, 'tables:own') ? tables.listOwn(viewer) : [],
		front.find(viewer),
		blocks.list(viewer, language),
		programme.count(viewer)
	]);
	return {
		// who came in with a card is the household
		greeted: viewer.guestId ? firstName(name) : name,
		countdown: wedding.heldOn && sayCountdown(countDays(wedding, wedding.heldOn, clock.now()), language),
		welcome: readIn(wedding.welcome, language),
		sheet,
		tables: seats,
		picture,
		events: sheet?.events ?? (await events.listOwn(viewer)),
		blocks: shown,
		recordings
	};
};
