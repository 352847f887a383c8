import { compile } from '@inlang/paraglide-js';
import { paraglide } from '../../paraglide.config.ts';
import { tool } from './tool.ts';

/** Everything that a program writes and git does not keep: the database client, the messages, Kit's types. */
export async function main() {
	await Promise.all([client(), compile(paraglide), tool('svelte-kit', ['sync'])]);
}

/** Prisma would first download an engine that generating does not use: any program that exists stands in for it. */
export function client(signal?: AbortSignal): Promise<void> {
	const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
	return tool('prisma', ['generate', '--config', 'prisma/prisma.config.ts'], { env, signal });
}
