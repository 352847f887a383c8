import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { unprivileged } from '../cli/postgres-files.ts';
import { root } from '../cli/tool.ts';

export const isInstalled = (() => {
	try {
		execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
})();

/** pgbouncer with pgbouncer.ini.example before this database: only addresses and the kind of login are other ones. */
export async function startPgbouncer(databaseUrl: string, { patienceSeconds = 5 } = {}) {
	const url = new URL(databaseUrl);
	const name = url.pathname.slice(1);
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-pgbouncer-'));
	const replacements: [string, string][] = [
		[
			'vowtape = host=postgres port=5432 dbname=vowtape',
			`${name} = host=${url.searchParams.get('host')} port=5432 dbname=${name}`
		],
		['listen_addr = 0.0.0.0', 'listen_addr = 127.0.0.1'],
		['listen_port = 6432', `listen_port = ${port}\nunix_socket_dir =`],
		['auth_type = scram-sha-256', 'auth_type = trust'],
		['/etc/pgbouncer/userlist.txt', join(folder, 'userlist.txt')],
		['query_wait_timeout = 5', `query_wait_timeout = ${patienceSeconds}`],
		// few, so that a transaction gets another connection than the one before it
		['default_pool_size = 20', 'default_pool_size = 3']
	];
	const example = readFileSync(join(root, 'operations/pgbouncer.ini.example'), 'utf8');
	const ini = replacements.reduce((ini, [from, to]) => {
		if (!ini.includes(from)) throw new Error(`pgbouncer.ini.example has no ${from}`);
		return ini.replace(from, to);
	}, example);
	writeFileSync(join(folder, 'pgbouncer.ini'), ini);
	writeFileSync(join(folder, 'userlist.txt'), '"vowtape" ""\n');
	// it does not run as root either
	const owner = unprivileged();
	if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid!);
	chmodSync(folder, 0o755);

	const child = spawn('pgbouncer', [join(folder, 'pgbouncer.ini')], {
		...owner,
		stdio: ['ignore', 'ignore', 'pipe']
	});
	const said = text(child.stderr);
	const address = `postgresql://vowtape@127.0.0.1:${port}/${name}`;
	while (!(await listens(port))) {
		if (child.exitCode !== null) throw new Error(`pgbouncer ended: ${await said}`);
		await sleep(20);
	}
	return {
		url: address,
		async stop() {
			child.kill();
			if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
			rmSync(folder, { recursive: true });
		}
	};
}

async function listens(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
