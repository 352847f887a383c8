import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createSite } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { untilReady } from './ready.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** A site that answers the first times that it is not there yet, and then that it is. */
async function site(unreadyTimes: number) {
	const asked: string[] = [];
	const server = createSite((request, response) => {
		asked.push(request.url!);
		const isReady = asked.length > unreadyTimes;
		const found = isReady ? { status: 'ready' } : { problems: ['jobs: not started yet'] };
		response.writeHead(isReady ? 200 : 503, { connection: 'close' }).end(JSON.stringify(found));
	}).listen(0, '127.0.0.1');
	servers.push(server);
	await once(server, 'listening');
	return { asked, PORT: (server.address() as AddressInfo).port };
}

describe('what waits for the site', () => {
	it('goes on when /health/ready is 200, and not before', async () => {
		const { asked, PORT } = await site(3);
		await untilReady({ HOST: '127.0.0.1', PORT });
		expect(asked).toEqual(Array(4).fill('/health/ready'));
	});

	it('asks this machine where the site listens to all', async () => {
		const { PORT } = await site(0);
		await untilReady({ HOST: '0.0.0.0', PORT });
	});

	it('says what is missing', async () => {
		const { PORT } = await site(Infinity);
		await expect(untilReady({ HOST: '127.0.0.1', PORT }, undefined, 200)).rejects.toThrow(
			'cannot be used (jobs: not started yet)'
		);
	});

	it('says that nothing answers', async () => {
		const probe = createServer().listen(0, '127.0.0.1');
		await once(probe, 'listening');
		const { port: PORT } = probe.address() as AddressInfo;
		await new Promise((closed) => probe.close(closed));
		await expect(untilReady({ HOST: '127.0.0.1', PORT }, undefined, 200)).rejects.toThrow(
			'cannot be used (it does not answer)'
		);
	});
});
