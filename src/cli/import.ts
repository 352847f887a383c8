import { Problem } from '../lib/kernel/problem.ts';
import { counted, seconds } from './words.ts';
import { connected } from './attached.ts';
import { host as hostOf } from './host.ts';
import { migrate } from './migrate.ts';

/** `import wedding.tar [--host HOST]`: takes in a wedding that `export` wrote, all of it or nothing. */
export async function main([path, option, host, ...more]: string[]) {
	const isUsage = option === undefined || (option === '--host' && host !== undefined);
	if (!path || !isUsage || more.length > 0)
		throw new Problem('Usage: import wedding.tar, or import wedding.tar --host anna-and-ben.example');
	const own = host === undefined ? undefined : hostOf(host);
	const took = seconds();
	await connected(async (databaseUrl) => {
		await migrate(databaseUrl);
		const { read } = await import('../operate/archive/import.server.ts');
		const { weddingId, guests, recordings } = await read(path, own);
		const { db } = await import('../lib/kernel/db/db.server.ts');
		const { originOf } = await import('../lib/weddings/weddings.server.ts');
		const wedding = await db.wedding.findUniqueOrThrow({ where: { id: weddingId } });
		console.log(
			`Imported ${weddingId} with ${counted(guests, 'guest')} and ${counted(recordings, 'recording')} in ${took()}. They log in at ${originOf(wedding)}/login`
		);
	});
}
