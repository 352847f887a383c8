import { stripVTControlCharacters } from 'node:util';
import { build } from './build.ts';
import { command, program, run, tool } from './tool.ts';

type Step = [name: string, work: () => Promise<unknown>];

const shown = (name: string, args: string[]) => async () => {
	const { isDone, output, errors } = await run(program(name), args, { show: true });
	if (!isDone) throw new Error(verdicts(stripVTControlCharacters(output + errors)) || `${name} failed`);
};

/** The lines that name what failed and why, of the many that a failing run prints: some logs keep only the end. */
function verdicts(said: string): string {
	const lines = said
		.split('\n')
		.filter((line) => /^\s*(FAIL |\d+\) |\w*Error: |FATAL )|Caused by: /.test(line));
	return lines.slice(0, 12).join('\n');
}

// two lists at a time, for two cores; in one what writes what the next reads. The tests alone: some watch the clock
const STEPS: Step[][][] = [
	[[['generate', () => command('generate', [])]]],
	[
		[
			['build', () => build()],
			['types', () => tool('svelte-check', ['--fail-on-warnings', '--output', 'human'])]
		],
		[
			['format', () => tool('prettier', ['--check', '--log-level', 'warn', '.'])],
			['lint', () => tool('eslint', ['.'])]
		]
	],
	[
		[
			[
				'unit and integration',
				shown('vitest', ['run', '--config', 'src/testing/vitest.config.ts', '--reporter=dot'])
			]
		]
	],
	[[['end to end', shown('playwright', ['test', '--config', 'src/e2e'])]]]
];

/** `npm test`: everything that a change must pass; a step is tried even when an earlier one failed. */
export async function main() {
	const lines: string[] = [];
	for (const lists of STEPS) lines.push(...(await Promise.all(lists.map(inOrder))).flat());
	console.log(`\n${lines.join('\n')}`);
}

async function inOrder(steps: Step[]): Promise<string[]> {
	const lines: string[] = [];
	for (const step of steps) lines.push(await attempt(step));
	return lines;
}

async function attempt([name, work]: Step): Promise<string> {
	const start = performance.now();
	const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
	try {
		await work();
		return `passed  ${name} (${seconds()} s)`;
	} catch (error) {
		process.exitCode = 1;
		return `FAILED  ${name} (${seconds()} s)\n${(error as Error).message}`;
	}
}
