import { Problem } from '../../lib/kernel/problem.ts';
import { target } from './config.ts';
import { container, state } from './remote.ts';
import { withServer } from './ssh.ts';

/** `task app:logs -- ENVIRONMENT [SERVICE]`: what the app that runs says, or the db, until Ctrl-C. */
export async function main([environment, typed]: string[]) {
	const place = target(environment);
	if (typed && !['blue', 'green', 'db'].includes(typed))
		throw new Problem(`There is no ${typed}: blue, green or db.`);
	await withServer(place, async (server) => {
		const service = typed ?? (await state(place, server)).live;
		if (!service) throw new Problem(`Nothing runs on ${place.environment} yet: task app:deploy.`);
		process.exitCode = await server.attach(
			`docker logs --tail 200 --follow ${container(place, service, '-a')}`
		);
	});
}
