import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vitest/config';

const folder = resolve('src/lib/i18n/compiled/messages');

/** All messages as one module: each test file would load two thousand of them, for a second of the processor. */
export const together: Plugin = {
	name: 'messages-together',
	enforce: 'pre',
	load: (id) => (id === join(folder, '_index.js') ? joined() : undefined)
};

function joined(): string {
	const imports = new Set<string>();
	const own = (file: string) =>
		readFileSync(join(folder, file), 'utf8').replace(
			/^import .* from '.*'/gm,
			(line) => (imports.add(line), '')
		);
	const all = readdirSync(folder)
		.filter((file) => file.endsWith('.js') && file !== '_index.js')
		.map(own);
	return [...imports, ...all].join('\n');
}
