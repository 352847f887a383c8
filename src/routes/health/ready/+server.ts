import { rows } from '#lib/kernel/db.server.ts';

/** Whether requests can be answered: the database is asked anew each time. */
export const GET = async () => {
	const isReady = await rows('ready', 'SELECT 1', []).then(
		() => true,
		() => false
	);
	return Response.json({ status: isReady ? 'ready' : 'database away' }, { status: isReady ? 200 : 503 });
};
