import { Problem } from '../../lib/kernel/problem.ts';
import type { Target } from './config.ts';
import { INFO, readInfo, type Info } from './history.ts';
import type { Login } from './secrets.ts';
import type { Server } from './ssh.ts';
import { names } from './vhost.ts';

export type Colour = 'blue' | 'green';

/** An image unpacked, the one before it, and room for a backup. */
const LEAST_FREE_BYTES = 2 * 2 ** 30;

/** Both kinds of compose; `next` reads the files of a deploy that is not yet decided. */
const COMPOSE = `compose() {
	if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}
next() {
	ENV_FILE=.env.next compose --env-file .env.next --project-directory . -f docker-compose.next.yml "$@"
}
`;

/** A script with `compose` and `next` known, which ends at the first command that fails. */
export const script = (lines: string) => `set -e\n${COMPOSE}${lines}`;

export const project = ({ environment }: Target) => `vowtape-${environment}`;

/** The name of a service's container, whichever compose made it; empty when there is none. */
export const container = (target: Target, service: string, all = '') =>
	`$(docker ps ${all} -q --filter label=com.docker.compose.project=${project(target)} --filter label=com.docker.compose.service=${service} | head -n 1)`;

/**
 * Lets nginx's workers read what will be written in these folders, by their group, which what is in them inherits: a
 * recording is for its owner and group alone. Only root may give a folder to a group that is not its own.
 */
const readable = (folders: string) => `group=$(ps -C nginx -o group= | grep -vx root | sort -u | head -n 1)
for place in ${folders}; do
	[ -d "$place" ] && [ -n "$group" ] || continue
	[ "$(stat -c %G "$place")" = "$group" ] && [ -g "$place" ] && continue
	{ chgrp "$group" "$place" && chmod 2750 "$place" && [ -g "$place" ]; } 2>/dev/null || {
		echo "nginx could not read new recordings. As root on the server: cd $PWD && chgrp $group ${folders}; chmod 2750 ${folders}" >&2
		exit 1
	}
done`;

/** Makes the folders, and says under whose number the app can write them. Refuses what cannot work. */
export async function prepare(target: Target, server: Server): Promise<string> {
	const { folder, nginx } = target;
	const { code } = await server.try('docker version >/dev/null 2>&1');
	if (code !== 0) {
		throw new Problem(
			`${target.ssh}: docker does not answer this user: install it, and add the user to its group.`
		);
	}
	const user = await server.run(
		script(`mkdir -p ${folder}/uploads ${folder}/backups ${folder}/nginx
cd ${folder}
test -w ${nginx.folder} || { echo '${nginx.folder} is not there or cannot be written: make it, and let nginx include it.' >&2; exit 1; }
${readable('uploads uploads/.incoming')}
if [ "$(id -u)" = 0 ]; then chown 1000 uploads; chown 1000:1000 backups; echo 1000:1000; else echo "$(id -u):$(id -g)"; fi`)
	);
	const free = await server.run(
		`df -Pk . "$(docker info --format '{{.DockerRootDir}}')" 2>/dev/null | awk 'NR > 1 { print $4 }'`
	);
	const least = Math.min(...free.split('\n').map(Number)) * 1024;
	if (least < LEAST_FREE_BYTES) {
		const left = Math.round(least / 2 ** 20);
		throw new Problem(
			`${target.ssh}: only ${left} MB of disk are free, and a deploy wants 2 GB: make room first.`
		);
	}
	return user;
}

/** Holds the only place for a deploy until the function that it gives has resolved, or this process dies. */
export async function lock(target: Target, server: Server): Promise<() => Promise<void>> {
	const child = server.spawn(`flock -n .deploy.lock sh -c 'echo locked; exec cat >/dev/null'`, [
		'pipe',
		'pipe',
		'inherit'
	]);
	const closed = new Promise<false>((resolve) => child.once('close', () => resolve(false)));
	const locked = new Promise<true>((resolve) => child.stdout!.once('data', () => resolve(true)));
	const isLocked = await Promise.race([locked, closed]);
	if (!isLocked) {
		throw new Problem(`Another deploy to ${target.environment} is going on: wait for it to end.`);
	}
	return async () => {
		child.stdin!.end();
		await closed;
	};
}

export type State = { live: Colour | undefined; isRunning: boolean; info: Info | undefined };

/** What runs. Which colour is live nginx says, for it is what visitors get. */
export async function state(target: Target, server: Server): Promise<State> {
	const [upstream, info] = await Promise.all([
		server.try(`cat ${target.nginx.folder}/${names(target.environment).upstream} 2>/dev/null`),
		server.try(`cat ${INFO} 2>/dev/null`)
	]);
	const port = Number(/server 127\.0\.0\.1:(\d+);/.exec(upstream.output)?.[1]);
	const live = port === target.bluePort ? 'blue' : port === target.greenPort ? 'green' : undefined;
	const running = live ? await server.run(`echo ${container(target, live)}`) : '';
	return { live, isRunning: running !== '', info: readInfo(info.output) };
}

/** The image, unless it is there; the registry's password is in memory for as long as this takes. */
export async function pull(server: Server, image: string, registry: string, login: Login): Promise<void> {
	const { code, errors } = await server.try(
		`docker image inspect ${image} >/dev/null 2>&1 && exit 0
set -e
if read -r user; then
	DOCKER_CONFIG=$(mktemp -d -p "$(test -w /dev/shm && echo /dev/shm || echo /tmp)")
	export DOCKER_CONFIG
	trap 'rm -rf "$DOCKER_CONFIG"' EXIT
	docker login --username "$user" --password-stdin ${registry} >/dev/null
fi
docker pull -q ${image} >/dev/null`,
		login ? `${login.user}\n${login.password}` : ''
	);
	if (code === 0) return;
	const reason = errors
		.split('\n')
		.filter((line) => !line.startsWith('WARNING'))
		.at(-1);
	if (/no space left/i.test(errors)) throw new Problem(`The server's disk is full: ${reason}`);
	throw new Problem(`The server cannot pull the image (${reason}).`);
}
