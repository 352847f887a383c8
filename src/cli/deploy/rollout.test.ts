import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Target } from './config.ts';
import { lock } from './remote.ts';
import { rollout } from './rollout.ts';
import { Server, withServer } from './ssh.ts';

/*
 * The scripts themselves, run by this machine's shell: `ssh` is replaced by `sh`, and docker and nginx by stand-ins
 * that keep a list of what was asked of them. `task rehearse` does the same with the real ones.
 */
const STAND_INS: Record<string, string> = {
	ssh: `for last; do :; done
[ "$last" = "\${last#* }" ] || exec sh -c "$last"`,
	sleep: '',
	ps: `echo root; cat "$STAGE/group" 2>/dev/null || true`,
	nginx: `echo "nginx $*" >> "$STAGE/asked"
if [ "$1" = -t ] && [ -e "$STAGE/nginx-refuses" ]; then echo 'nginx: [emerg] no such certificate' >&2; exit 1; fi`,
	docker: `case "$*" in
	version | 'compose version') ;;
	'info '*) echo / ;;
	'ps '*) for name in db blue green; do case "$*" in *service="$name"*) [ ! -e "$STAGE/$name" ] || echo "$name" ;; esac; done ;;
	*Health.Status*) [ -e "$STAGE/no-database" ] && echo starting || echo healthy ;;
	*RestartCount*) [ -e "$STAGE/broken" ] || [ -e "$STAGE/no-database" ] && echo 5 || echo 0 ;;
	'exec '*) [ ! -e "$STAGE/broken" ] ;;
	'logs '*) echo 'first line'; echo 'DATABASE_URL is wrong.' >&2 ;;
	'image inspect '* | 'images '*) exit 1 ;;
	'pull '*) echo "$*" >> "$STAGE/asked"; [ ! -e "$STAGE/unpullable" ] || { echo 'connection refused' >&2; exit 1; } ;;
	*' backup '*) echo "backup \${ENV_FILE:-.env}" >> "$STAGE/asked"; [ ! -e "$STAGE/no-backup" ] || { echo 'No room for a backup.' >&2; exit 1; } ;;
	*' up '*)
		for last; do :; done
		echo "up $last with $ENV_FILE" >> "$STAGE/asked"
		touch "$STAGE/$last" ;;
	'stop '*) for last; do :; done; echo "stop $last" >> "$STAGE/asked" ;;
	'rm '*) for last; do :; done; echo "rm $last" >> "$STAGE/asked"; rm -f "$STAGE/$last" ;;
esac`
};

const secrets = {
	settings: {
		POSTGRES_PASSWORD: 'hush',
		MAILERSEND_API_TOKEN: 'mlsn.x',
		MAIL_FROM: 'us@example.org',
		BACKUP_RECIPIENT: `age1${'q'.repeat(58)}`
	},
	login: undefined
};
const version = (letter: string) => ({
	tag: letter.repeat(40),
	digest: `sha256:${letter.repeat(64)}`,
	description: `version ${letter}`
});

const path = process.env.PATH;
let stage: string;
let target: Target;

beforeEach(() => {
	stage = mkdtempSync(join(tmpdir(), 'vowtape-rollout-'));
	for (const name of ['bin', 'conf.d', 'install']) mkdirSync(join(stage, name));
	for (const [name, script] of Object.entries(STAND_INS)) {
		writeFileSync(join(stage, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	}
	Object.assign(process.env, { PATH: join(stage, 'bin') + delimiter + path, STAGE: stage });
	target = {
		...{ environment: 'test', ssh: 'deploy@server', folder: join(stage, 'install'), host: 'wedding.example' },
		...{
			bluePort: 3200,
			greenPort: 3201,
			registry: 'registry',
			image: 'vowtape',
			repository: 'registry/vowtape'
		},
		nginx: { folder: join(stage, 'conf.d'), command: 'nginx' }
	};
});
afterEach(() => {
	process.env.PATH = path;
	rmSync(stage, { recursive: true });
});

const deploy = (letter: string, backup = true) =>
	withServer(target, (server) =>
		rollout(target, server, version(letter), { secrets, backup, say: () => {} })
	);
const read = (file: string) => readFileSync(join(stage, file), 'utf8');
const info = () => parse(read('install/deploy-info.yml'));
const history = () => parse(read('install/deploy-history.yml'));
const set = (name: string) => writeFileSync(join(stage, name), '');
const upstream = () => read('conf.d/vowtape-test.upstream.conf');

/** What was asked of docker and nginx since the last time. */
function asked(): string[] {
	const lines = read('asked').trim().split('\n');
	rmSync(join(stage, 'asked'));
	return lines;
}

describe('a deploy', () => {
	it('starts the first version as blue, with its settings for nobody else to read', async () => {
		expect(await deploy('a')).toMatchObject({ colour: 'blue' });
		expect(asked()).toEqual([
			`pull -q registry/vowtape@sha256:${'a'.repeat(64)}`,
			'up db with .env.next',
			'up blue with .env.next',
			'nginx -t',
			'nginx -s reload'
		]);
		expect(upstream()).toContain('server 127.0.0.1:3200;');
		expect(read('conf.d/vowtape-test.conf')).toContain('server_name wedding.example;');
		expect(read('install/.env')).toContain(`IMAGE='registry/vowtape@sha256:${'a'.repeat(64)}'`);
		expect(statSync(join(stage, 'install/.env')).mode & 0o777).toBe(0o600);
		expect(info()).toMatchObject({
			tag: version('a').tag,
			colour: 'blue',
			previous: null,
			environment: 'test'
		});
		expect(history()).toMatchObject([{ result: 'ok', digest: version('a').digest }]);
		expect(
			execFileSync('ls', ['-A', join(stage, 'install'), join(stage, 'conf.d')], { encoding: 'utf8' })
		).not.toMatch(/next|before|part/);
	});

	it('backs up with the version that runs, puts the next one beside it, and only then stops it', async () => {
		await deploy('a');
		asked();
		await deploy('b');
		expect(asked().slice(1)).toEqual([
			'up db with .env.next',
			'backup .env',
			'up green with .env.next',
			'nginx -t',
			'nginx -s reload',
			'stop blue',
			'rm blue'
		]);
		expect(upstream()).toContain('server 127.0.0.1:3201;');
		const { tag, digest } = version('a');
		expect(info()).toMatchObject({ colour: 'green', previous: { tag, digest } });
		expect(history()).toHaveLength(2);
	});

	it('of the version that runs remembers what ran before it', async () => {
		await deploy('a');
		await deploy('b');
		await deploy('b');
		expect(info()).toMatchObject({ colour: 'blue', previous: { tag: version('a').tag } });
	});
});

describe('a deploy that fails leaves what runs', () => {
	const before = () => [
		upstream(),
		read('install/.env'),
		read('install/deploy-info.yml'),
		read('conf.d/vowtape-test.conf')
	];

	it.each([
		['broken', 'The new version does not become ready, so the running one stays: DATABASE_URL is wrong.'],
		['no-database', 'The database does not start: DATABASE_URL is wrong.'],
		['nginx-refuses', 'deploy@server: nginx does not take its files: nginx: [emerg] no such certificate'],
		['no-backup', 'deploy@server: No room for a backup.'],
		['unpullable', 'The server cannot pull the image (connection refused).']
	])('when it is %s', async (cause, message) => {
		await deploy('a');
		const kept = before();
		set(cause);
		await expect(deploy('b')).rejects.toThrow(message);
		expect(before()).toEqual(kept);
		expect(existsSync(join(stage, 'blue'))).toBe(true);
		expect(existsSync(join(stage, 'green'))).toBe(false);
		expect(existsSync(join(stage, 'install/.env.next'))).toBe(false);
		expect(history()[1]).toMatchObject({ tag: version('b').tag, result: message });

		rmSync(join(stage, cause));
		expect(await deploy('b')).toMatchObject({ colour: 'green' });
	});

	it('when the disk is full', async () => {
		await deploy('a');
		writeFileSync(join(stage, 'bin/df'), '#!/bin/sh\necho Filesystem\necho /dev/x 9 9 1000000 9% /\n', {
			mode: 0o755
		});
		await expect(deploy('b')).rejects.toThrow('deploy@server: only 977 MB of disk are free');
	});

	it('when another one is going on', async () => {
		await deploy('a');
		const server = new Server(target);
		const release = await lock(target, server);
		await expect(deploy('b')).rejects.toThrow('Another deploy to test is going on');
		await release();
		await deploy('b');
		await server.close();
	});

	it('when a setting is one that the site would refuse', async () => {
		await deploy('a');
		const wrong = { ...secrets, settings: { ...secrets.settings, LOG_LEVEL: 'loud' } };
		const options = { secrets: wrong, backup: true, say: () => {} };
		await expect(
			withServer(target, (server) => rollout(target, server, version('b'), options))
		).rejects.toThrow('LOG_LEVEL must be');
		expect(info().tag).toBe(version('a').tag);
	});
});

describe('a server that cannot be used', () => {
	it('is told what nginx needs to read recordings, and has it where the deploy may give it', async () => {
		writeFileSync(join(stage, 'group'), 'strangers\n');
		await expect(deploy('a')).rejects.toThrow(
			`As root on the server: cd ${target.folder} && chgrp strangers uploads`
		);
		const isRoot = process.getuid!() === 0;
		const group = isRoot ? 'www-data' : execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
		writeFileSync(join(stage, 'group'), `${group}\n`);
		await deploy('a');
		const uploads = execFileSync('stat', ['-c', '%G %a', join(target.folder, 'uploads')], {
			encoding: 'utf8'
		});
		expect(uploads).toBe(`${group} 2750\n`);
	});

	it('is named when ssh does not get there', async () => {
		writeFileSync(join(stage, 'bin/ssh'), '#!/bin/sh\necho "Connection refused" >&2\nexit 255\n');
		await expect(deploy('a')).rejects.toThrow('deploy@server cannot be reached (Connection refused): try');
	});

	it('is named when docker does not answer', async () => {
		writeFileSync(join(stage, 'bin/docker'), '#!/bin/sh\nexit 1\n');
		await expect(deploy('a')).rejects.toThrow('deploy@server: docker does not answer this user');
	});

	it('is named when nginx has no folder for us', async () => {
		target.nginx.folder = join(stage, 'nowhere');
		await expect(deploy('a')).rejects.toThrow('nowhere is not there or cannot be written');
	});
});
