import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../testing/free-port.ts';
import { stringify } from 'yaml';
import { run } from './shell.ts';

export const HOST = 'wedding.test';
/** Not dev or prod, so that nothing of a real install can have the same name. */
export const ENVIRONMENT = 'rehearsal';

export type Machine = Awaited<ReturnType<typeof startMachine>>;

/** A registry, an nginx and an ssh server, each on a free port of 127.0.0.1 and with all its files in `folder`. */
export async function startMachine(folder: string) {
	const [registry, ssh, http, https, bluePort, greenPort] = (await Promise.all(
		Array.from({ length: 6 }, () => freePort())
	)) as [number, number, number, number, number, number];
	const at = (name: string) => join(folder, name);
	for (const name of ['registry', 'conf.d', 'logs', 'install', 'config', 'tls']) mkdirSync(at(name));
	// nginx's workers are another user
	for (const name of ['', 'install']) chmodSync(at(name), 0o711);
	const children: ChildProcess[] = [];
	const start = async (port: number, program: string, args: string[]) => {
		const log = openSync(at(`logs/${port}.log`), 'w');
		const child = spawn(program, args, { stdio: ['ignore', log, log] });
		children.push(child);
		await listens(port, child);
		return child;
	};

	writeFileSync(
		at('registry.yml'),
		stringify({
			version: 0.1,
			log: { level: 'error' },
			storage: { filesystem: { rootdirectory: at('registry') } },
			http: { addr: `127.0.0.1:${registry}` }
		})
	);
	const startRegistry = () => start(registry, 'docker-registry', ['serve', at('registry.yml')]);
	let registryProcess = await startRegistry();

	await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('id')]);
	await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('host')]);
	writeFileSync(at('sshd_config'), sshd(at, ssh));
	writeFileSync(at('ssh_config'), client(at, ssh));
	if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
	await start(ssh, '/usr/sbin/sshd', ['-D', '-e', '-f', at('sshd_config')]);

	await certify(at);
	writeFileSync(at('nginx.conf'), nginx(at));
	// it needs something to listen to before there is a site
	writeFileSync(
		at('conf.d/default.conf'),
		`server { listen 127.0.0.1:${http} default_server; return 444; }\n`
	);
	await start(http, '/usr/sbin/nginx', ['-c', at('nginx.conf'), '-e', at('logs/nginx.log')]);

	const iac = {
		REGISTRY_NAME: `127.0.0.1:${registry}`,
		IMAGE_NAME: 'vowtape',
		environments: {
			[ENVIRONMENT]: {
				ssh: `${userInfo().username}@127.0.0.1`,
				sshConfig: at('ssh_config'),
				folder: at('install'),
				host: HOST,
				bluePort,
				greenPort,
				nginx: {
					folder: at('conf.d'),
					command: `/usr/sbin/nginx -c ${at('nginx.conf')} -e ${at('logs/nginx.log')}`,
					certificate: at('tls/cert.pem'),
					key: at('tls/key.pem'),
					challenges: at('tls'),
					logs: at('logs'),
					cache: folder,
					listen: { addresses: ['127.0.0.1'], http, https }
				}
			}
		}
	};
	const end = async (child: ChildProcess) => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		child.kill();
		await once(child, 'exit');
	};
	return {
		folder,
		iac,
		origin: `https://${HOST}:${https}`,
		certificate: at('tls/cert.pem'),
		stopRegistry: () => end(registryProcess),
		async startRegistry() {
			registryProcess = await startRegistry();
		},
		stop: () => Promise.all(children.map(end))
	};
}

async function listens(port: number, child: ChildProcess): Promise<void> {
	for (let tries = 0; tries < 200; tries++) {
		const isOpen = await new Promise<boolean>((resolve) => {
			const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
			socket.once('error', () => resolve(false));
		});
		if (isOpen) return;
		if (child.exitCode !== null) break;
		await sleep(50);
	}
	throw new Error(`${child.spawnfile} does not start: its log is ${port}.log`);
}

type At = (name: string) => string;

const sshd = (at: At, port: number) => `
ListenAddress 127.0.0.1
Port ${port}
HostKey ${at('host')}
AuthorizedKeysFile ${at('id.pub')}
PidFile ${at('sshd.pid')}
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
`;

const client = (at: At, port: number) => `
Port ${port}
IdentityFile ${at('id')}
IdentitiesOnly yes
UserKnownHostsFile ${at('known_hosts')}
StrictHostKeyChecking accept-new
LogLevel ERROR
`;

const nginx = (at: At) => `
daemon off;
${process.getuid?.() === 0 ? 'user www-data;' : ''}
pid ${at('nginx.pid')};
events { worker_connections 512; }
http {
	types { text/html html; text/css css; text/javascript js; }
	client_body_temp_path ${at('logs/body')};
	proxy_temp_path ${at('logs/proxy')};
	fastcgi_temp_path ${at('logs/fastcgi')};
	uwsgi_temp_path ${at('logs/uwsgi')};
	scgi_temp_path ${at('logs/scgi')};
	access_log off;
	include ${at('conf.d')}/*.conf;
}
`;

async function certify(at: At): Promise<void> {
	await run('openssl', [
		...['req', '-x509', '-nodes', '-days', '2', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
		...['-keyout', at('tls/key.pem'), '-out', at('tls/cert.pem'), '-subj', '/CN=vowtape'],
		...['-addext', `subjectAltName=DNS:${HOST}`]
	]);
}
