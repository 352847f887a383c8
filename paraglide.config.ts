import type { CompilerOptions } from '@inlang/paraglide-js';

/** For Vite, which compiles on the fly, and for `npm run generate`, which compiles for types and tests. */
export const paraglide: CompilerOptions = {
	project: './project.inlang',
	outdir: './src/lib/i18n/compiled',
	// hooks.server.ts and hooks.client.ts decide
	strategy: ['baseLocale']
};
