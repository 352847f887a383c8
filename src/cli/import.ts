import { Problem } from '../lib/kernel/problem.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { counted, seconds } from './words.ts';
import { connected } from './attached.ts';
import { migrate } from './migrate.ts';

/** `import wedding.tar [--host HOST]`: takes in a wedding that `export` wrote, all of it or nothing. */
export async function main([path, option, host, ...more]: string[]) {
	const isHost = option === undefined || (option === '--host' && /^[\w.-]+(:\d+)?$/.test(host ?? ''));
	if (!path || !isHost || more.length > 0)
		throw new Problem('Usage: import wedding.tar, or import wedding.tar --host anna-and-ben.example');
	const took = seconds();
	await connected(async (databaseUrl) => {
		await migrate(databaseUrl);
		const { read } = await import('../operate/archive/import.server.ts');
		const { weddingId, guests, recordings } = await read(path, host);
		console.log(
			`Imported ${weddingId} with ${counted(guests, 'guest')} and ${counted(recordings, 'recording')} in ${took()}. They log in at ${settings.ORIGIN}/login`
		);
	});
}
