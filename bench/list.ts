/*
 * The signed-in list of twenty recordings, next to the same page from the same process without the database: nothing
 * is written meanwhile, so that ours asks what a quiet evening asks (src/lib/kernel/cache.server.ts).
 *
 *   node bench/list.ts
 */
import { WITHOUT_DATABASE } from './bare.ts';
import { fire } from './load.ts';
import { inTurn, median, say } from './measure.ts';
import { type Site, startDatabase, startSite } from '../src/testing/processes.ts';
import { fill, signIn } from './wedding.ts';

const secrets = Array.from({ length: 200 }, (_, n) => `somebody-${n}`);

const database = await startDatabase(async (client) => {
	await fill(client);
	await signIn(client, secrets);
});
const ours = await startSite({ DATABASE_URL: database.url });
const bare = await startSite({ DATABASE_URL: database.copy }, WITHOUT_DATABASE);

const list = ({ url }: Site, connections: number) => {
	const requests = secrets.map((secret) => ({
		path: '/recordings',
		headers: { cookie: `session=${secret}` }
	}));
	return fire({ url, connections, requests, amount: 5000, status: 200 });
};

try {
	for (const site of [ours, bare]) for (let round = 0; round < 3; round++) await list(site, 8);
	for (const [connections, most] of [
		[8, 6],
		[64, 30]
	] as const) {
		const found = await inTurn({ ours: () => list(ours, connections), bare: () => list(bare, connections) });
		const [o, b] = [found.ours, found.bare].map((rounds) => median(rounds, ({ perSecond }) => perSecond));
		const bench = `list of 20 recordings, ${connections} connections`;
		say({ bench, ours: o!, bare: b!, unit: 'a second', ratio: o! / b!, atLeast: 0.8 });
		const [oursMs, bareMs] = [found.ours, found.bare].map((rounds) => median(rounds, ({ p95 }) => p95));
		say({ bench: `${bench}, p95`, ours: oursMs!, bare: bareMs!, unit: 'ms', atMost: most });
		const failures = found.ours.reduce((sum, { failures }) => sum + failures, 0);
		say({ bench: `${bench}, errors`, ours: failures, bare: 0, unit: 'answers', atMost: 0 });
	}
} finally {
	await ours.stop();
	await bare.stop();
	await database.stop();
}
