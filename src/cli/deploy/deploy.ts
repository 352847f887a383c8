import { Problem } from '../../lib/kernel/problem.ts';
import { announced } from './announce.ts';
import { target } from './config.ts';
import { Registry } from './registry.ts';
import { rollout } from './rollout.ts';
import { read } from './secrets.ts';
import { withServer } from './ssh.ts';

const TAG = /^\w[\w.-]{0,127}$/;

/**
 * `task app:deploy -- ENVIRONMENT TAG [--no-backup]`: a version by its tag, or the beginning of its commit. Nothing
 * is touched before all of it is known: the image, its digest, the secrets.
 */
export async function main([environment, typed, ...flags]: string[]) {
	const place = target(environment);
	if (!typed || !TAG.test(typed)) {
		throw new Problem(`Give a version: task app:versions -- ${place.environment} lists them.`);
	}
	const wrong = flags.find((flag) => flag !== '--no-backup');
	if (wrong) throw new Problem(`${wrong} means nothing here: there is only --no-backup.`);

	const secrets = await read(place.environment);
	const registry = new Registry(place, secrets.login);
	const { tag, digest } = await registry.resolve(typed);
	const { description } = await registry.describe(digest);
	const order = { tag, digest, description };
	const options = { secrets, backup: flags.length === 0, say: console.error };
	const { colour, seconds, startSeconds } = await announced(place, secrets, `deploy of ${tag}`, () =>
		withServer(place, (server) => rollout(place, server, order, options))
	);
	console.log(
		`${tag} runs at https://${place.host} as ${colour}: ready after ${startSeconds} s, all done in ${seconds} s.`
	);
}
