import * as calendars from '#lib/calendar/calendars.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { viewer, wedding, language }, params: { event } }) =>
	calendars.writeOne(viewer, { wedding, language }, event);
