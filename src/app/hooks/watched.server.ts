import type { Handle } from '@sveltejs/kit/hooks';
import { HEADER, inRequest, name } from '#lib/kernel/http/request.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import * as watch from '../../operate/telemetry/watch.server.ts';

/** Its log lines and its error page say the same id, which server.ts has made and told the browser. */
export const watched: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	const id = name(headers.get(HEADER));
	const traceparent = settings.ADDRESS_HEADER ? headers.get('traceparent') : null;
	const asked = { id, method, route: event.route.id, traceparent };
	return inRequest(id, () => watch.request(asked, async () => resolve(event)));
};
