import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

export const src = resolve(import.meta.dirname, '..');

const isGenerated = (path: string) => path.startsWith('lib/i18n/compiled/');

/** All code that people wrote, as paths below src. */
export const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
	.map((path) => path.split(sep).join('/'))
	.filter((path) => /\.(ts|js|svelte)$/.test(path) && !isGenerated(path));

export const text = (path: string) => readFileSync(join(src, path), 'utf8');

export const isTest = (path: string) => /\.(test|e2e)\.ts$/.test(path);
