import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '../lib/kernel/problem.ts';

export const root = resolve(import.meta.dirname, '../..');

type Options = { env?: Record<string, string>; signal?: AbortSignal; show?: boolean };
type Result = { isDone: boolean; output: string; errors: string };

/** Runs a program from node_modules with this same Node: quiet when it succeeds, all that it said when it fails. */
export async function tool(name: string, args: string[], options: Options = {}): Promise<void> {
	const { isDone, output, errors } = await run(program(name), args, options);
	if (isDone) return;
	process.stderr.write(output + errors);
	throw new Problem(`${name} ${args[0] ?? ''} failed.`);
}

/** One of our own commands, in a process of its own, so that what it loads is gone afterwards. Returns what it printed. */
export async function command(name: string, args: string[], options: Options = {}): Promise<string> {
	const { isDone, output, errors } = await run(join(root, 'src/cli/run.js'), [name, ...args], options);
	if (!isDone) throw new Problem(errors.trim());
	return output;
}

/** `show` shows what the program prints while it prints it. `signal` ends it. */
export async function run(
	file: string,
	args: string[],
	{ env, signal, show }: Options = {}
): Promise<Result> {
	const child = spawn(process.execPath, [file, ...args], {
		cwd: root,
		env: { ...process.env, ...(show && process.stdout.isTTY && { FORCE_COLOR: '1' }), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		signal
	});
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
	child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
	if (show) {
		child.stdout.pipe(process.stdout, { end: false });
		child.stderr.pipe(process.stderr, { end: false });
	}
	const [code] = await once(child, 'close');
	return { isDone: code === 0, output, errors };
}

const PACKAGES: Record<string, string> = { 'svelte-kit': '@sveltejs/kit', playwright: '@playwright/test' };

/** By its file, for Windows cannot spawn what is in node_modules/.bin. */
export function program(name: string): string {
	const folder = join(root, 'node_modules', PACKAGES[name] ?? name);
	const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return join(folder, typeof bin === 'string' ? bin : bin[name]);
}
