import { Problem } from '#lib/kernel/problem.ts';
import { parseLook } from '#lib/looks/look.ts';
import * as stylesheet from '#lib/looks/stylesheet.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, url }) => {
	const look = parseLook(params.name.split('.')[0]!);
	if (!look) throw new Problem(404, 'not_found');
	// a page of another release may ask for what this one writes otherwise
	const isThat = url.pathname === stylesheet.addressOf(look);
	return new Response(stylesheet.write(look), {
		headers: {
			'content-type': 'text/css; charset=utf-8',
			'cache-control': isThat ? 'public, max-age=31536000, immutable' : 'no-store'
		}
	});
};
