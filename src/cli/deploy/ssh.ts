import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../lib/kernel/problem.ts';
import type { Target } from './config.ts';

type Result = { code: number; output: string; errors: string };
type Place = Pick<Target, 'ssh' | 'sshConfig' | 'folder'>;

/** The ssh program says so when it was ssh itself, not the command, that failed. */
const SSH_FAILED = 255;

/** A shell on the server, over one connection that all commands share. */
export class Server {
	readonly target: Place;
	// a socket's path has to stay below 104 characters
	readonly #sockets = mkdtempSync(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'ssh-'));

	constructor(target: Place) {
		this.target = target;
	}

	#options(): string[] {
		const { sshConfig } = this.target;
		return [
			...(sshConfig ? ['-F', sshConfig] : []),
			'-oBatchMode=yes',
			'-oConnectTimeout=10',
			'-oServerAliveInterval=15',
			'-oControlMaster=auto',
			'-oControlPersist=60',
			`-oControlPath=${join(this.#sockets, '%C')}`
		];
	}

	/** Runs a shell script in the install's folder; what it prints, whatever its exit code. */
	async try(script: string, input: string | Buffer = ''): Promise<Result> {
		const child = this.spawn(script, ['pipe', 'pipe', 'pipe']);
		let [output, errors] = ['', ''];
		child.stdout!.setEncoding('utf8').on('data', (text) => (output += text));
		child.stderr!.setEncoding('utf8').on('data', (text) => (errors += text));
		// one that ends without reading its input is no reason to fall over
		child.stdin!.on('error', () => {}).end(input);
		const [code] = await once(child, 'close');
		if (code === SSH_FAILED) throw new Problem(this.#unreachable(errors));
		return { code, output: output.trimEnd(), errors: errors.trim() };
	}

	/** The same; what fails is a Problem with the last line that it said. */
	async run(script: string, input: string | Buffer = ''): Promise<string> {
		const { code, output, errors } = await this.try(script, input);
		if (code === 0) return output;
		throw new Problem(`${this.target.ssh}: ${errors.split('\n').at(-1) || `a command ended with ${code}`}`);
	}

	/**
	 * The script with the terminal of whoever called: for logs, a psql, a backup that tells how far it is. Over a
	 * connection of its own, which ends when they press Ctrl-C.
	 */
	async attach(script: string): Promise<number> {
		const options = ['-S', 'none', ...(process.stdin.isTTY ? ['-t'] : [])];
		const child = this.spawn(script, 'inherit', options);
		// what ends us ends it, and then close() still has its turn
		let isEnded = false;
		for (const signal of ['SIGINT', 'SIGTERM'] as const)
			process.once(signal, () => (isEnded = child.kill(signal)));
		const [code] = await once(child, 'close');
		if (code === SSH_FAILED && !isEnded) throw new Problem(this.#unreachable(''));
		return code ?? 1;
	}

	spawn(script: string, stdio: 'inherit' | ('pipe' | 'inherit')[], options: string[] = []) {
		const { ssh, folder } = this.target;
		const command = `cd ${folder} 2>/dev/null || cd /; ${script}`;
		return spawn('ssh', [...options, ...this.#options(), ssh, command], { stdio }).on('error', () => {
			throw new Problem('The program ssh is not installed.');
		});
	}

	async close(): Promise<void> {
		const child = spawn('ssh', [...this.#options(), '-O', 'exit', this.target.ssh], { stdio: 'ignore' });
		await once(child, 'close');
		rmSync(this.#sockets, { recursive: true, force: true });
	}

	#unreachable(errors: string): string {
		const reason = errors.trim().split('\n').at(-1)?.trim();
		return `${this.target.ssh} cannot be reached${reason ? ` (${reason})` : ''}: try ssh ${this.target.ssh} by hand.`;
	}
}

/** Gives `use` a server, and closes the connection afterwards. */
export async function withServer<Value>(
	target: Place,
	use: (server: Server) => Promise<Value>
): Promise<Value> {
	const server = new Server(target);
	try {
		return await use(server);
	} finally {
		await server.close();
	}
}
