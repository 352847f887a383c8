import { Problem } from '../../lib/kernel/problem.ts';
import { target } from './config.ts';
import { container, script, state } from './remote.ts';
import { withServer } from './ssh.ts';

/**
 * `task restore -- ENVIRONMENT WHEN [--overwrite] < KEY`: puts a backup back on the server. The site is closed while it
 * runs and opens again whatever becomes of it, for a restore that is refused has touched nothing.
 */
export async function main([environment, when, ...options]: string[]) {
	const place = target(environment);
	if (!when || !/^[\w:.-]+$/.test(when)) throw new Problem('Say which backup: its time, or latest.');
	if (process.stdin.isTTY) {
		throw new Problem(
			'Give the secret key of the backups on standard input: task restore -- prod latest < key.txt'
		);
	}
	const wrong = options.find((option) => option !== '--overwrite');
	if (wrong) throw new Problem(`${wrong} means nothing here: there is only --overwrite.`);
	process.exitCode = await withServer(place, async (server) => {
		const { live } = await state(place, server);
		if (!live) throw new Problem(`Nothing runs on ${place.environment}: deploy first, then restore.`);
		const command = ['restore', when, ...options].join(' ');
		return server.attach(
			script(`app=${container(place, live, '-a')}
trap 'docker start "$app" >/dev/null' EXIT
docker stop -t 45 "$app" >/dev/null
compose run --rm -T --no-deps backup node src/cli/run.js ${command}`)
		);
	});
}
