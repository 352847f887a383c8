import './assume-local.ts';
import { load, serve } from '../server.ts';
import { build } from './build.ts';
import { run } from './local.ts';

/** `npm start`: the production build on this machine. */
export async function main() {
	process.env.NODE_ENV = 'production';
	await run({ build, serve: async () => (await serve(await load())).stop });
}
