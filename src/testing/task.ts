import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const fill = () => {
	const list: object[] = [];
	for (;;) list.push({ list: [list.length] });
};

const sleep = async (ms: number) => {
	const began = Date.now();
	await new Promise((wake) => setTimeout(wake, ms));
	return { began, ended: Date.now() };
};

/** What a process of its own may be asked in tests. */
const tasks = {
	join: (words: string[]) => ({ text: words.join(' '), pid: process.pid }),
	fill,
	loop: () => {
		for (;;);
	},
	fail: () => {
		throw new Error('no');
	},
	sleep,
	settings: () => process.env.PATH ?? null,
	write: (path: string) => writeFileSync(path, 'x'),
	start: () => String(execFileSync('true'))
};

export type Asked = { name: keyof typeof tasks; input?: unknown };

export default ({ name, input }: Asked) => (tasks[name] as (input: unknown) => unknown)(input);
