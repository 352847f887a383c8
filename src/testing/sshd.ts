import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const PROGRAM = '/usr/sbin/sshd';

export const hasSshd =
	spawnSync(PROGRAM, ['-V']).error === undefined && spawnSync('ssh', ['-V']).error === undefined;

/** For tests: a real ssh server on this machine, with its files in `folder`, and what ssh needs to get in. */
export async function startSshd(folder: string) {
	mkdirSync(folder, { recursive: true });
	for (const name of ['host', 'user']) {
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
	}
	const port = await freePort();
	const config = [
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
		`HostKey ${join(folder, 'host')}`,
		`AuthorizedKeysFile ${join(folder, 'user.pub')}`,
		`PidFile ${join(folder, 'pid')}`,
		'StrictModes no',
		'UsePAM no',
		'PasswordAuthentication no'
	];
	writeFileSync(join(folder, 'config'), config.join('\n') + '\n');
	const hostKey = readFileSync(join(folder, 'host.pub'), 'utf8');
	writeFileSync(join(folder, 'known'), `[127.0.0.1]:${port} ${hostKey}`);
	// as root it wants a folder to lock itself into
	if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
	const child = spawn(PROGRAM, ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' });
	await answers(port);
	return {
		url: `ssh://${userInfo().username}@127.0.0.1:${port}`,
		options: `-F none -i ${join(folder, 'user')} -o UserKnownHostsFile=${join(folder, 'known')}`,
		async stop() {
			child.kill();
			await once(child, 'exit');
		}
	};
}

async function answers(port: number) {
	for (;;) {
		const socket = connect(port, '127.0.0.1');
		const isThere = await Promise.race([
			once(socket, 'connect').then(
				() => true,
				() => false
			),
			sleep(5000, false)
		]);
		socket.destroy();
		if (isThere) return;
		await sleep(20);
	}
}
