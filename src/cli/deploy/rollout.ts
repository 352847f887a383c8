import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../lib/kernel/problem.ts';
import { root } from '../tool.ts';
import type { Target } from './config.ts';
import { format, values } from './env-file.ts';
import { HISTORY, historyLine, INFO, previous, writeInfo, type Image } from './history.ts';
import { container, lock, prepare, pull, script, state, type Colour } from './remote.ts';
import type { Secrets } from './secrets.ts';
import type { Server } from './ssh.ts';
import { names, render, upstream } from './vhost.ts';

export type Order = Image & { description: string };
type Options = { secrets: Secrets; backup: boolean; say: (line: string) => void };

/** Two numbers in seconds, for whoever wants to know how fast it went. */
export type Done = { colour: Colour; seconds: number; startSeconds: number };

/**
 * Puts an image into service beside the one that runs, and takes the other one away when nginx sends it no more
 * requests. What fails before that leaves everything as it was, but for a line in deploy-history.yml.
 */
export async function rollout(
	target: Target,
	server: Server,
	order: Order,
	{ secrets: { settings, login }, backup, say }: Options
): Promise<Done> {
	const start = performance.now();
	const user = await prepare(target, server);
	const release = await lock(target, server);
	try {
		const { live, isRunning, info } = await state(target, server);
		const colour = live === 'blue' ? 'green' : 'blue';
		const image = `${target.repository}@${order.digest}`;
		const made = {
			tag: order.tag,
			digest: order.digest,
			environment: target.environment,
			by: `${userInfo().username}@${hostname()}`,
			previous: previous(info, order)
		};
		const entry = (result: string) => ({
			...made,
			deployedAt: new Date().toISOString(),
			seconds: since(start),
			result
		});
		let startSeconds = 0;
		try {
			await copy(target, server, format(values(target, settings, image, user)));
			say(`pulling ${order.tag}`);
			await pull(server, image, target.registry, login);
			await database(target, server);
			if (isRunning && backup) {
				say('backing up');
				await server.run(script('compose run --rm -T --no-deps backup node src/cli/run.js backup >&2'));
			}
			say(`starting ${colour}`);
			startSeconds = await begin(target, server, colour);
			say('switching nginx');
			await turn(target, server, colour);
		} catch (error) {
			await abandon(target, server, colour, historyLine(entry((error as Error).message)));
			throw error;
		}
		await server.run('mv docker-compose.next.yml docker-compose.yml; mv .env.next .env');
		const { result, deployedAt, seconds } = entry('ok');
		const { description } = order;
		await write(server, INFO, writeInfo({ ...made, colour, description, deployedAt, seconds }));
		await append(server, historyLine({ ...made, deployedAt, seconds, result }));
		if (live) await retire(target, server, live);
		await prune(target, server, [order.digest, made.previous?.digest]);
		return { colour, seconds: since(start), startSeconds };
	} finally {
		await release();
	}
}

const since = (start: number) => Math.round((performance.now() - start) / 100) / 10;
const local = (file: string) => readFileSync(join(root, file), 'utf8');
const write = (server: Server, file: string, text: string) =>
	server.run(`umask 022; cat > ${file}.part && mv ${file}.part ${file}`, text);
const append = (server: Server, line: string) => server.run(`cat >> ${HISTORY}`, line);

async function copy(target: Target, server: Server, env: string): Promise<void> {
	await server.run('umask 077; cat > .env.next', env);
	await write(server, 'docker-compose.next.yml', local('docker-compose.yml'));
	for (const page of ['nginx/away.html', 'nginx/too-large.html']) await write(server, page, local(page));
	const { environment, host, otherHosts, folder, nginx } = target;
	const file = names(environment).vhost;
	await server.run(
		`cat > ${nginx.folder}/${file}.next`,
		render({ environment, host, otherHosts, folder }, places(target))
	);
}

/** nginx keeps certificates by their names; iac.yml names what is elsewhere. */
function places({ nginx: { folder: _, command: __, ...places } }: Target) {
	return places;
}

/** Starts Postgres where it does not run; one that runs is left as it is, for anything else would be felt. */
async function database(target: Target, server: Server): Promise<void> {
	await server.run(
		script('next up -d --no-recreate db >/dev/null 2>&1 || { next up -d --no-recreate db; exit 1; }')
	);
	const { code, errors } = await server.try(
		script(`db=${container(target, 'db', '-a')}
for second in $(seq 60); do
	[ "$(docker inspect -f '{{.State.Health.Status}}' "$db")" = healthy ] && exit 0
	[ "$(docker inspect -f '{{.RestartCount}}' "$db")" -ge 3 ] && break
	sleep 1
done
docker logs --tail 20 "$db" >&2
exit 1`)
	);
	if (code !== 0) throw new Problem(`The database does not start: ${lastLine(errors)}`);
}

/** Starts the idle colour and waits until it can answer; gives back the seconds that this took. */
async function begin(target: Target, server: Server, colour: Colour): Promise<number> {
	const start = performance.now();
	const { code, errors } = await server.try(
		script(`next up -d --no-deps --force-recreate ${colour} >/dev/null 2>&1 || { next up -d --no-deps ${colour}; exit 1; }
app=${container(target, colour, '-a')}
for try in $(seq 150); do
	docker exec "$app" node -e '${READY}' >/dev/null 2>&1 && exit 0
	[ "$(docker inspect -f '{{.RestartCount}}' "$app")" -ge 3 ] && break
	sleep 0.2
done
docker logs --tail 20 "$app" >&2
exit 1`)
	);
	if (code === 0) return since(start);
	throw new Problem(`The new version does not become ready, so the running one stays: ${lastLine(errors)}`);
}

const READY =
	'fetch("http://127.0.0.1:3000/health/ready").then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))';

/** nginx sends requests to the new colour from here on; when it does not like its files, they are as before. */
async function turn(target: Target, server: Server, colour: Colour): Promise<void> {
	const { folder, command } = target.nginx;
	const files = names(target.environment);
	const port = colour === 'blue' ? target.bluePort : target.greenPort;
	await server.run(`cat > ${folder}/${files.upstream}.next`, upstream(target.environment, port));
	await server.run(`cd ${folder}
undo() {
	for file in ${files.vhost} ${files.upstream}; do
		if [ -e $file.before ]; then mv $file.before $file; else rm -f $file; fi
	done
}
for file in ${files.vhost} ${files.upstream}; do
	rm -f $file.before
	if [ -e $file ]; then cp -p $file $file.before; fi
	mv $file.next $file
done
if ! said=$(${command} -t 2>&1); then
	undo
	echo "nginx does not take its files: $(echo "$said" | grep -m 1 emerg)" >&2
	exit 1
fi
if ! said=$(${command} -s reload 2>&1); then
	undo
	echo "nginx cannot be told: $said" >&2
	exit 1
fi
rm -f ${files.vhost}.before ${files.upstream}.before`);
}

/** Takes back what a deploy that failed has begun. */
async function abandon(target: Target, server: Server, colour: Colour, line: string): Promise<void> {
	const files = names(target.environment);
	await server.try(
		`app=${container(target, colour, '-a')}
[ -z "$app" ] || docker rm -f "$app" >/dev/null
rm -f .env.next docker-compose.next.yml ${target.nginx.folder}/${files.vhost}.next ${target.nginx.folder}/${files.upstream}.next
cat >> ${HISTORY}`,
		line
	);
}

/** nginx's old workers finish what they have begun; then the old colour does the same, and goes. */
async function retire(target: Target, server: Server, colour: Colour): Promise<void> {
	await server.run(`sleep 3
app=${container(target, colour)}
[ -z "$app" ] || { docker stop -t 45 "$app" >/dev/null; docker rm "$app" >/dev/null; }`);
}

/** Images of ours that neither run nor are wanted for a rollback. */
async function prune(target: Target, server: Server, keep: (string | undefined)[]): Promise<void> {
	const kept = keep.filter(Boolean).map((digest) => `-e ${digest}`);
	await server.try(
		`docker images --digests --format '{{.Repository}}@{{.Digest}}' ${target.repository} | grep -v ${kept.join(' ')} | grep '@sha256:' | xargs -r docker rmi >/dev/null 2>&1`
	);
}

const lastLine = (text: string) => text.trim().split('\n').at(-1)?.trim() || 'it says nothing';
