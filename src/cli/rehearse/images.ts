import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tool.ts';
import { attempt, has, run } from './shell.ts';

const MIRROR = 'http://deb.debian.org/debian';

/** Where base images are kept from one rehearsal to the next. */
const cache = () => process.env.REHEARSAL_CACHE ?? join(tmpdir(), 'vowtape-rehearsal');

/** Why there are no base images: nothing that whoever rehearses did wrong. */
export class Unavailable extends Error {}

type Base = {
	name: string;
	suite: string;
	packages: string[];
	add: (rootfs: string) => Promise<void>;
	changes: string[];
};

/** The images that the Dockerfile and docker-compose.yml begin from. */
function bases(): Base[] {
	const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
	const node = /^ARG NODE=(\S+)/m.exec(dockerfile)![1]!;
	return [
		{
			name: `node:${node}`,
			suite: /-(\w+)-slim$/.exec(node)![1]!,
			packages: [],
			add: addNode,
			changes: ['CMD ["node"]']
		},
		{
			name: 'postgres:18',
			suite: 'forky',
			packages: ['postgresql-18'],
			add: addPostgres,
			changes: [
				'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/18/bin',
				'ENV PGDATA=/var/lib/postgresql/18/docker',
				'VOLUME /var/lib/postgresql',
				'ENTRYPOINT ["docker-entrypoint.sh"]',
				'CMD ["postgres"]'
			]
		}
	];
}

/**
 * Sees to it that the base images are there: as they are, pulled, or where nothing can be pulled made from the
 * distribution. Gives back the names of those that were made, for nobody should find them later under these names.
 */
export async function provide(say: (line: string) => void): Promise<string[]> {
	const made: string[] = [];
	for (const base of bases()) {
		if ((await attempt('docker', ['image', 'inspect', base.name])).code === 0) continue;
		if ((await attempt('docker', ['pull', '-q', base.name])).code === 0) continue;
		say(`${base.name} cannot be pulled: making it from Debian ${base.suite}`);
		await importImage(base, await archive(base));
		made.push(base.name);
	}
	return made;
}

async function archive({ name, suite, packages, add }: Base): Promise<string> {
	const file = join(cache(), `${name.replace(/\W/g, '-')}.tar`);
	if (existsSync(file)) return file;
	if (!has('debootstrap') || process.getuid?.() !== 0)
		throw new Unavailable(`${name} cannot be pulled, and to make it takes debootstrap and root`);
	mkdirSync(cache(), { recursive: true });
	const rootfs = `${file}.rootfs`;
	rmSync(rootfs, { recursive: true, force: true });
	const include = ['ca-certificates', ...packages].join(',');
	// a distribution younger than debootstrap is made as sid is
	const recipe = existsSync(`/usr/share/debootstrap/scripts/${suite}`)
		? []
		: ['/usr/share/debootstrap/scripts/sid'];
	await run('debootstrap', ['--variant=minbase', `--include=${include}`, suite, rootfs, MIRROR, ...recipe]);
	await add(rootfs);
	const leave = ['./dev/*', './var/cache/apt/archives/*.deb', './var/lib/apt/lists/*'];
	const args = ['-C', rootfs, '--numeric-owner', ...leave.map((one) => `--exclude=${one}`)];
	await run('tar', [...args, '-cf', `${file}.part`, '.']);
	renameSync(`${file}.part`, file);
	rmSync(rootfs, { recursive: true });
	return file;
}

async function importImage({ name, changes }: Base, file: string): Promise<void> {
	const options = changes.flatMap((change) => ['--change', change]);
	await run('docker', ['import', ...options, file, name]);
	// which cannot be given to import: it ends Postgres without waiting for who is connected
	if (name.startsWith('postgres'))
		await run('docker', ['build', '-q', '-t', name, '-'], { input: `FROM ${name}\nSTOPSIGNAL SIGINT\n` });
}

/** Node and npm from npm, and the user of the official image. */
async function addNode(rootfs: string): Promise<void> {
	const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
	await run('install', [
		'-m',
		'755',
		join(root, `node_modules/node-linux-${arch}/bin/node`),
		`${rootfs}/usr/local/bin/node`
	]);
	await run('npm', ['install', '--global', '--silent', '--prefix', `${rootfs}/usr/local`, 'npm@11']);
	await run('chroot', [rootfs, 'useradd', '--uid', '1000', '--create-home', '--shell', '/bin/bash', 'node']);
}

async function addPostgres(rootfs: string): Promise<void> {
	rmSync(`${rootfs}/var/lib/postgresql`, { recursive: true, force: true });
	mkdirSync(`${rootfs}/var/lib/postgresql`);
	writeFileSync(`${rootfs}/usr/local/bin/docker-entrypoint.sh`, ENTRYPOINT, { mode: 0o755 });
}

/** What the official image's does, as far as we rely on it. */
const ENTRYPOINT = `#!/bin/sh
set -e
if [ "$(id -u)" = 0 ]; then
	mkdir -p "$PGDATA"
	chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
	chmod 700 "$PGDATA"
	exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	if [ -z "$POSTGRES_PASSWORD" ]; then
		echo "Error: Database is uninitialized and superuser password is not specified." >&2
		exit 1
	fi
	printf %s "$POSTGRES_PASSWORD" > /tmp/password
	initdb -U "$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 -E UTF8 --locale=C.UTF-8
	rm /tmp/password
	pg_ctl -o '-c listen_addresses=' -w start
	psql -U "$POSTGRES_USER" -d postgres -c "CREATE DATABASE \\"$POSTGRES_DB\\""
	pg_ctl -m fast -w stop
	echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
	echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"
fi
exec "$@"
`;

/** What `npm ci` inside `docker build` needs to reach the registry as this machine does; never part of a layer. */
export async function buildArguments(folder: string): Promise<string[]> {
	const user = await run('npm', ['config', 'get', 'userconfig']);
	const own = existsSync(user) ? readFileSync(user, 'utf8') : '';
	const authorities = [await run('npm', ['config', 'get', 'cafile']), process.env.NODE_EXTRA_CA_CERTS ?? ''];
	const authority = authorities.find((file) => file !== 'null' && existsSync(file));
	const npmrc = join(folder, 'npmrc');
	writeFileSync(npmrc, authority ? `${own}\ncafile=/run/secrets/ca\n` : own, { mode: 0o600 });
	return [
		...['--network', 'host', '--secret', `id=npmrc,src=${npmrc}`],
		...(authority ? ['--secret', `id=ca,src=${authority}`] : [])
	];
}
