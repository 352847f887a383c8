import { Problem } from '../../lib/kernel/problem.ts';
import { target } from './config.ts';
import { script } from './remote.ts';
import { withServer } from './ssh.ts';

/** `task backup -- ENVIRONMENT [--list | --check [WHEN]] [< KEY]`: a backup on the server, now, or a look at those. */
export async function main([environment, ...options]: string[]) {
	const place = target(environment);
	const wrong = options.find((option) => !/^[\w:.-]+$/.test(option));
	if (wrong) throw new Problem(`${wrong} means nothing here: --list, or --check and a time.`);
	const command = ['compose run --rm -T --no-deps backup node src/cli/run.js backup', ...options].join(' ');
	process.exitCode = await withServer(place, (server) => server.attach(script(command)));
}
