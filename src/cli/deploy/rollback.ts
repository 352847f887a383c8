import { Problem } from '../../lib/kernel/problem.ts';
import { announced } from './announce.ts';
import { target } from './config.ts';
import { state } from './remote.ts';
import { rollout } from './rollout.ts';
import { read } from './secrets.ts';
import { withServer } from './ssh.ts';

/**
 * `task app:rollback -- ENVIRONMENT`: what ran before, by its digest. It takes no backup, for there is no time, and
 * leaves the tables as they are, for migrations only add.
 */
export async function main([environment]: string[]) {
	const place = target(environment);
	const secrets = await read(place.environment);
	await withServer(place, async (server) => {
		const { info } = await state(place, server);
		if (!info?.previous) {
			throw new Problem(
				`Nothing ran on ${place.environment} before what runs now: deploy a version by its tag.`
			);
		}
		const order = { ...info.previous, description: `rolled back from ${info.tag}` };
		const options = { secrets, backup: false, say: console.error };
		const { seconds } = await announced(place, secrets, `rollback to ${order.tag}`, () =>
			rollout(place, server, order, options)
		);
		console.log(`${order.tag} runs again at https://${place.host}, after ${seconds} s.`);
	});
}
