import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { type Store, type Stored, UNFINISHED } from './store.server.ts';

/**
 * Backups on another machine, which needs nothing but a shell: `ssh://user@host:port/folder`. Keys and known hosts
 * are those of ssh, unless BACKUP_SSH_OPTIONS names others.
 */
export async function open(place: string): Promise<Store> {
	const remote = await connection(place);
	const root = quote(decodeURIComponent(new URL(place).pathname) || '/');
	return {
		async list() {
			const script = `[ -d ${root} ] || exit 0; cd ${root} && find . -type f -exec stat -c '%s %Y %n' {} +`;
			const lines = (await text(remote.run(script))).split('\n').filter(Boolean);
			return lines.map(stored);
		},
		async put(name, content, bytes) {
			// a connection that breaks looks like the end of the content to the far side: it counts
			const draft = quote(UNFINISHED + randomUUID());
			const script = `set -e; umask 077; mkdir -p ${root}; cd ${root}
				mkdir -p ${UNFINISHED} "$(dirname ${quote(name)})"; trap 'rm -f '${draft} EXIT
				cat > ${draft}; [ "$(wc -c < ${draft})" -eq ${bytes} ] || { echo 'not all of it came' >&2; exit 1; }
				sync ${draft} 2> /dev/null || sync; mv ${draft} ${quote(name)}`;
			await text(remote.run(script, content));
		},
		get: async (name) =>
			Readable.toWeb(remote.run(`cat ${root}/${quote(name)}`)) as ReadableStream<Uint8Array>,
		async remove(names) {
			if (names.length === 0) return;
			const script = `cd ${root} && while read -r name; do rm -f -- "$name"; done`;
			await text(remote.run(script, Readable.from([Buffer.from(names.map((name) => `${name}\n`).join(''))])));
		},
		close: remote.close
	};
}

/** All calls of one store share a connection: a new one each would cost more than most of what is sent. */
async function connection(place: string) {
	const { hostname, port, username } = new URL(place);
	const folder = await mkdtemp(join(tmpdir(), 'vowtape-ssh-'));
	const options = ['BatchMode=yes', 'ConnectTimeout=10', 'ServerAliveInterval=15', 'ServerAliveCountMax=4'];
	options.push('ControlMaster=auto', `ControlPath=${join(folder, 'c')}`, 'ControlPersist=60');
	const args = [
		...options.flatMap((option) => ['-o', option]),
		...(settings.BACKUP_SSH_OPTIONS?.split(/\s+/).filter(Boolean) ?? []),
		...(port ? ['-p', port] : []),
		...(username ? ['-l', decodeURIComponent(username)] : []),
		'--',
		hostname
	];
	return {
		run: (script: string, input?: AsyncIterable<Uint8Array>) => run(args, script, hostname, input),
		async close() {
			const ending = spawn('ssh', ['-O', 'exit', ...args], { stdio: 'ignore' });
			await Promise.race([once(ending, 'close'), once(ending, 'error')]);
			await rm(folder, { recursive: true, force: true });
		}
	};
}

/** What the script prints; breaks with a Problem when it fails, and only ends when it has succeeded. */
function run(args: string[], script: string, host: string, input?: AsyncIterable<Uint8Array>): Readable {
	const child = spawn('ssh', [...args, script], { stdio: ['pipe', 'pipe', 'pipe'] });
	const output = new PassThrough({ highWaterMark: 1 << 20 });
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (piece) => (errors = (errors + piece).slice(-2000)));
	child.stdout.pipe(output, { end: false });
	const sent = input ? pipeline(input, child.stdin) : Promise.resolve(child.stdin.end());
	// what it says itself tells more than that its pipe broke; but what broke before the pipe is ours to tell
	let unsent: NodeJS.ErrnoException | undefined;
	sent.catch((error) => {
		unsent = error;
		child.stdin.destroy();
	});
	child.once('error', (error: NodeJS.ErrnoException) => {
		const isMissing = error.code === 'ENOENT';
		output.destroy(new Problem(`BACKUP_TO: ${isMissing ? 'ssh is not installed' : error.message}.`));
	});
	child.once('close', (code) => {
		if (unsent && !['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(unsent.code ?? ''))
			output.destroy(unsent);
		else if (code === 0) output.end();
		else
			output.destroy(
				new Problem(`BACKUP_TO: ssh to ${host} failed: ${errors.trim().split('\n').at(-1) || code}.`)
			);
	});
	output.once('close', () => child.kill());
	return output;
}

async function text(output: Readable): Promise<string> {
	return (await output.toArray()).join('');
}

function stored(line: string): Stored {
	const [, bytes, seconds, name] = /^(\d+) (\d+) \.\/(.+)$/.exec(line) ?? [];
	if (!name) throw new Problem(`BACKUP_TO: stat of the far side says ${JSON.stringify(line)}.`);
	return { name, bytes: Number(bytes), changedAt: new Date(Number(seconds) * 1000) };
}

function quote(text: string): string {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}
