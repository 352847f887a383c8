import * as health from '../../../operate/health/health.server.ts';

/** Whether requests can be answered: 503 when not. 200 says in its JSON what a person should look at all the same. */
export const GET = async () => {
	const found = await health.check();
	if (found.status !== 'unready') return Response.json(found);
	return Response.json(found, { status: 503, headers: { 'retry-after': '5' } });
};
