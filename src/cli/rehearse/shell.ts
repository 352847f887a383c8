import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

export type Said = { code: number; output: string; errors: string };

/** Runs a program to its end and gives what it printed, whatever its exit code. */
export async function attempt(
	program: string,
	args: string[],
	{ env = process.env, cwd, input = '' }: { env?: NodeJS.ProcessEnv; cwd?: string; input?: string } = {}
): Promise<Said> {
	const child = spawn(program, args, { env, cwd });
	let [output, errors] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
	child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
	child.stdin.on('error', () => {}).end(input);
	const [code] = await once(child, 'close');
	return { code, output: output.trim(), errors: errors.trim() };
}

/** The same, where nothing but success will do. */
export async function run(...parameters: Parameters<typeof attempt>): Promise<string> {
	const { code, output, errors } = await attempt(...parameters);
	if (code !== 0) throw new Error(`${parameters[0]} ${parameters[1].join(' ')}\n${output}\n${errors}`);
	return output;
}

export const has = (program: string) =>
	spawnSync('sh', ['-c', 'PATH=$PATH:/usr/sbin:/sbin command -v "$0"', program]).status === 0;
