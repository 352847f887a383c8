import { createBuilder } from 'vite';
import { client } from './generate.ts';

/** What `vite build` does, except that it then waits half a minute for timers of the translations compiler. */
export async function main() {
	await client();
	const builder = await createBuilder({ logLevel: 'warn' });
	await builder.buildApp();
}
