import { m } from '../i18n/compiled/messages.js';
import { inLanguage } from '../i18n/language.server.ts';
import { now } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as entries from '../rsvp/entries.server.ts';
import type { Entry } from '../rsvp/entry.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { writeCalendar } from './ics.server.ts';

type Reader = { wedding: Wedding; language: string };

/** Of all that the viewer is asked to: what they come to, or may still. */
export async function write(viewer: Viewer, reader: Reader): Promise<Response> {
	permit(viewer, 'events:read');
	const all = await entries.list(viewer);
	const shown = all.filter(({ isAllDeclined }) => !isAllDeclined);
	return answer(shown, reader);
}

/** Of one event. Throws 404 for one that the viewer is not asked to. */
export async function writeOne(viewer: Viewer, reader: Reader, eventId: string): Promise<Response> {
	permit(viewer, 'events:read');
	const entry = (await entries.list(viewer)).find(({ id }) => id === eventId);
	if (!entry) throw new Problem(404, 'event_not_found');
	return answer([entry], reader);
}

async function answer(shown: Entry[], { wedding, language }: Reader): Promise<Response> {
	const name = wedding.names || inLanguage(language, m.mail_wedding_unnamed);
	const origin = weddings.originOf(wedding);
	return new Response(writeCalendar(shown, { name, language, origin, writtenAt: await now() }), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			// iPhones offer to add what is shown, and put away what is attached
			'content-disposition': 'inline; filename="calendar.ics"',
			'cache-control': 'private, no-store',
			'referrer-policy': 'no-referrer',
			'x-robots-tag': 'noindex, nofollow'
		}
	});
}
