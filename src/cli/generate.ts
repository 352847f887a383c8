import { compile } from '@inlang/paraglide-js';
import { paraglide } from '../lib/i18n/paraglide.config.ts';
import { tool } from './tool.ts';

/** Everything that a program writes and git does not keep: Kit's types, the messages, the database client. */
export async function main() {
	await Promise.all([client(), compile(paraglide)]);
}

/**
 * Prisma reads tsconfig.json, which extends a file of Kit's. And it would first download an engine that generating
 * does not use: any program that exists stands in for it.
 */
export async function client(signal?: AbortSignal): Promise<void> {
	await tool('svelte-kit', ['sync'], { signal });
	const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
	await tool('prisma', ['generate', '--config', 'prisma/prisma.config.ts'], { env, signal });
}
