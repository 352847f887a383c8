import { command, program, run, tool } from './tool.ts';
import { build } from './build.ts';

type Step = [name: string, work: () => Promise<unknown>];

const shown = (name: string, args: string[]) => async () => {
	const { isDone } = await run(program(name), args, { show: true });
	if (!isDone) throw new Error(`${name} failed`);
};

const steps: Step[] = [
	['generate', () => command('generate', [])],
	['format', () => tool('prettier', ['--check', '--log-level', 'warn', '.'])],
	['lint', () => tool('eslint', ['.'])],
	['types', () => tool('svelte-check', ['--fail-on-warnings', '--output', 'human'])],
	['unit and integration', shown('vitest', ['run'])],
	['build', () => build()],
	['end to end', shown('playwright', ['test'])]
];

/** `npm test`: everything that a change must pass, each step even when an earlier one failed. */
export async function main() {
	const lines: string[] = [];
	for (const [name, work] of steps) {
		const start = performance.now();
		const error = await work().then(
			() => null,
			(reason: Error) => reason
		);
		if (error) console.error(error.message);
		const seconds = ((performance.now() - start) / 1000).toFixed(1);
		lines.push(`${error ? 'FAILED' : 'passed'}  ${name} (${seconds} s)`);
		if (error) process.exitCode = 1;
	}
	console.log(`\n${lines.join('\n')}`);
}
