import { existsSync } from 'node:fs';
import { Problem } from '../lib/kernel/problem.ts';
import { counted, megabytes, seconds } from './words.ts';
import { connected } from './attached.ts';

/** `export HOST|ID wedding.tar`: a whole wedding as one file, for another install. docs/archive.md says what is in it. */
export async function main([name, path, ...more]: string[]) {
	if (!name || !path || more.length > 0)
		throw new Problem('Usage: export HOST wedding.tar; an id will do for the host.');
	if (existsSync(path)) throw new Problem(`${path} is there already: give another name, or remove it.`);
	const took = seconds();
	await connected(async () => {
		const { system } = await import('../lib/weddings/system.ts');
		const named = await import('../operate/erase/named.server.ts');
		const { write } = await import('../operate/archive/export.server.ts');
		const { guests, recordings, bytes } = await write(system(await named.wedding(name)), path);
		console.log(
			`Exported ${counted(guests, 'guest')} and ${counted(recordings, 'recording')} (${megabytes(bytes)}) to ${path} in ${took()}.`
		);
	});
}
