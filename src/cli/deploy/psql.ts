import { target } from './config.ts';
import { container } from './remote.ts';
import { withServer } from './ssh.ts';

/** `task db:psql -- ENVIRONMENT`: the database by hand, or what comes on standard input. */
export async function main([environment]: string[]) {
	const place = target(environment);
	const terminal = process.stdin.isTTY ? '-it' : '-i';
	process.exitCode = await withServer(place, (server) =>
		server.attach(`docker exec ${terminal} ${container(place, 'db')} psql -U vowtape vowtape`)
	);
}
