import * as calendars from '#lib/calendar/calendars.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { viewer, wedding, language } }) =>
	calendars.write(viewer, { wedding, language });
