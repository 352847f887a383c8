import fs from 'node:fs';
import type { CompilerOptions } from '@inlang/paraglide-js';

/**
 * What fills a blank is isolated in the compiled messages, in every one of them: in the catalogues or at each call it
 * would be forgotten. Paraglide has no place of its own for it but the files that it writes.
 */
const isolating = {
	...fs,
	promises: {
		...fs.promises,
		writeFile: (path: string, content: string) => fs.promises.writeFile(path, withIsolates(path, content))
	}
};

function withIsolates(path: string, content: string): string {
	if (!/[\\/]messages[\\/]\w+\.js$/.test(path) || !content.includes('${i?.')) return content;
	const code = content.replace(/\$\{(i\?\.\w+)\}/g, '${isolated($1)}');
	return `import { isolated } from '../../isolated.ts';\n${code}`;
}

/** For Vite, which compiles on the fly, and for `npm run generate`, which compiles for types and tests. */
export const paraglide: CompilerOptions = {
	project: './src/lib/i18n/project.inlang',
	outdir: './src/lib/i18n/compiled',
	// hooks.server.ts and hooks.client.ts decide
	strategy: ['baseLocale'],
	fs: isolating
};
