import { target } from './config.ts';
import { container } from './remote.ts';
import { withServer } from './ssh.ts';

/** `task db:psql -- ENVIRONMENT`: the database by hand, or what comes on standard input. */
export async function main([environment]: string[]) {
	const place = target(environment);
	const terminal = process.stdin.isTTY ? '-it' : '-i';
	const none = `{ echo 'No database runs on ${place.environment} yet: task app:deploy.' >&2; exit 1; }`;
	process.exitCode = await withServer(place, (server) =>
		server.attach(
			`db=${container(place, 'db')}; [ "$db" ] || ${none}; docker exec ${terminal} "$db" psql -U vowtape vowtape`
		)
	);
}
