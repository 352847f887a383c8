import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import type { Entry, Info } from '../deploy/history.ts';
import { ENVIRONMENT, type Machine } from './machine.ts';
import { attempt, run, type Said } from './shell.ts';

/** Where the play goes on: what a maintainer can do, what is on the server, and what was found. */
export class Scene {
	readonly machine: Machine;
	readonly repository: string;
	readonly env: NodeJS.ProcessEnv;
	failed = 0;
	readonly #key: string;

	constructor(machine: Machine, repository: string, env: NodeJS.ProcessEnv, key: string) {
		this.#key = key;
		this.machine = machine;
		this.repository = repository;
		this.env = env;
	}

	say(line: string): void {
		console.log(`     ${line}`);
	}

	/** One fact that has to be true; `found` is shown when it is not. */
	check(fact: string, isTrue: boolean, found: unknown = ''): void {
		console.log(`${isTrue ? 'ok  ' : 'FAIL'} ${fact}`);
		if (isTrue) return;
		this.failed++;
		console.log(found);
	}

	/** What `task app:NAME -- ENVIRONMENT …` runs; only a restore reads its input, the key of the backups. */
	try(name: string, args: string[], { env = {}, input = this.#key } = {}): Promise<Said> {
		const script = join(this.repository, 'src/cli/run.js');
		return attempt(process.execPath, [script, `deploy/${name}`, ...args], {
			env: { ...this.env, ...env },
			input
		});
	}

	async task(name: string, ...args: string[]): Promise<string> {
		const { code, output, errors } = await this.try(name, [ENVIRONMENT, ...args]);
		if (code !== 0) throw new Error(`deploy/${name} ${args.join(' ')}\n${output}\n${errors}`);
		return output;
	}

	/** A task that has to fail with one line that says `what`, and to leave the very container that runs. */
	async refused(reason: RegExp, name: string, args: string[], env = {}): Promise<void> {
		const before = await this.containers();
		const { code, errors } = await this.try(name, args, { env });
		// old compose adds the exit code of what it ran, on a line of its own
		const line = errors
			.replace(/\n\d+$/, '')
			.split('\n')
			.at(-1)!;
		const isUntouched = before === (await this.containers());
		this.check(`refused: ${line}`, code === 1 && reason.test(line) && isUntouched, {
			code,
			errors,
			isUntouched
		});
	}

	/** The image of the commit that is checked out, built and pushed. */
	async publish(commit: string, buildArguments: string[]): Promise<void> {
		this.say(`building ${commit.slice(0, 7)}`);
		for (const [name, args] of [
			['build', buildArguments],
			['push', []]
		] as const) {
			const { code, errors } = await this.try(name, [...args]);
			if (code !== 0) throw new Error(errors.split('\n').slice(-20).join('\n'));
		}
	}

	/** What a server loses with its disk; backups are kept as they would be on another one. */
	async destroy(): Promise<void> {
		const [containers, { folder }] = [await this.containers(), this.machine];
		await run('docker', ['rm', '-f', ...containers.split('\n')]);
		await run('docker', ['volume', 'rm', `vowtape-${ENVIRONMENT}_db`]);
		const files = `! -path '${folder}/install/backups*'`;
		await run('sh', [
			'-c',
			`find ${folder}/install -mindepth 1 ${files} -delete; rm -f ${folder}/conf.d/vowtape-*`
		]);
	}

	/** deploy-info.yml */
	info(): Info {
		return parse(this.#read('deploy-info.yml'));
	}

	/** deploy-history.yml */
	history(): Entry[] {
		return parse(this.#read('deploy-history.yml'));
	}

	#read(file: string): string {
		return readFileSync(join(this.machine.folder, 'install', file), 'utf8');
	}

	/** Runs something in the container that is live. */
	async inApp(...command: string[]): Promise<string> {
		return run('docker', ['exec', await this.container(this.info().colour), ...command]);
	}

	container(service: string): Promise<string> {
		return this.#list('-q', '--filter', `label=com.docker.compose.service=${service}`);
	}

	containers(): Promise<string> {
		return this.#list('-q');
	}

	#list(...options: string[]): Promise<string> {
		return run('docker', [
			'ps',
			...options,
			'--filter',
			`label=com.docker.compose.project=vowtape-${ENVIRONMENT}`
		]);
	}

	/** One value out of the database, by `task db:psql`. */
	async psql(sql: string): Promise<string> {
		const input = `\\pset format unaligned\n\\pset tuples_only on\n${sql};\n`;
		const { output } = await this.try('psql', [ENVIRONMENT], { input });
		return output.split('\n').at(-1)!;
	}

	/** What `task app:logs` shows first, before somebody ends it. */
	async logs(service: string): Promise<string> {
		const args = [join(this.repository, 'src/cli/run.js'), 'deploy/logs', ENVIRONMENT, service];
		const child = spawn(process.execPath, args, { env: this.env, detached: true });
		let seen = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text) => (seen += text));
		for (let tries = 0; tries < 100 && !seen.includes('ready to accept'); tries++) await sleep(100);
		// as Ctrl-C does: the ssh that it has started too
		process.kill(-child.pid!);
		await once(child, 'close');
		return seen;
	}
}
