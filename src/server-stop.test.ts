import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { serve } from './server.ts';
import { LOCAL, open, site, url } from './testing/server.ts';

const closed = (socket: Socket) =>
	once(
		socket.resume().on('error', () => {}),
		'close'
	);

describe('stopping', () => {
	it('lets what is under way finish, takes nothing new, and then tells the site', async () => {
		let told = false;
		const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const server = await open(async (_, response) => {
			begun.resolve();
			await finish.promise;
			response.end('done');
		});
		process.once(
			'sveltekit:shutdown' as never,
			((_: string, waitUntil: (work: Promise<unknown>) => void) => {
				waitUntil(sleep(20).then(() => (told = true)));
			}) as never
		);

		const idle = connect(server.port, '127.0.0.1');
		await once(idle, 'connect');
		const gone = closed(idle);
		const answer = fetch(url(server));
		await begun.promise;
		const stopped = server.stop('SIGTERM');
		await expect(fetch(url(server))).rejects.toThrow();
		expect(told).toBe(false);
		finish.resolve();
		expect(await (await answer).text()).toBe('done');
		await Promise.all([stopped, gone]);
		expect(told).toBe(true);
	});

	it('ends event streams at once, also one that begins late, and lets an upload finish', async () => {
		const [begun, asked, finish, late] = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
		const left: string[] = [];
		const stream = (path: string) => {
			const start = (controller: ReadableStreamDefaultController) => controller.enqueue(`data: ${path}\n\n`);
			const body = new ReadableStream({ start, cancel: () => void left.push(path) });
			const headers = { 'content-type': 'text/event-stream; charset=utf-8' };
			return new Response(body.pipeThrough(new TextEncoderStream()), { headers });
		};
		const server = await open(
			site(async (request) => {
				const { pathname } = new URL(request.url);
				if (pathname === '/live') return stream(pathname);
				if (pathname === '/late') {
					asked!.resolve();
					return late!.promise.then(() => stream(pathname));
				}
				begun!.resolve();
				await finish!.promise;
				return new Response(`took ${(await request.text()).length}`);
			})
		);
		const live = await fetch(url(server, '/live'));
		const later = fetch(url(server, '/late'));
		const upload = fetch(url(server, '/api/upload'), { method: 'POST', body: 'x'.repeat(1000) });
		await Promise.all([begun!.promise, asked!.promise]);
		const stopped = server.stop('SIGTERM');
		expect(await live.text()).toBe('data: /live\n\n');
		late!.resolve();
		await (await later).text();
		await expect.poll(() => left.sort()).toEqual(['/late', '/live']);
		finish!.resolve();
		expect(await (await upload).text()).toBe('took 1000');
		await stopped;
	});

	it('lets go of a file that somebody takes hours for, who goes on where they were cut', async () => {
		const left = Promise.withResolvers<void>();
		const server = await open(
			site(async () => {
				const start = (controller: ReadableStreamDefaultController) =>
					controller.enqueue(Buffer.from('begun'));
				const headers = { 'content-type': 'application/zip', 'content-length': '1000' };
				return new Response(new ReadableStream({ start, cancel: () => left.resolve() }), { headers });
			})
		);
		const answer = await fetch(url(server));
		const stopped = server.stop('SIGTERM');
		await expect(answer.text()).rejects.toThrow();
		await Promise.all([left.promise, stopped]);
	});

	it('leaves the port to the next one, and says so when another has it', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const { port } = other.address() as AddressInfo;
		const attempt = serve(() => {}, { ...LOCAL, PORT: port });
		await expect(attempt).rejects.toThrow(`Port ${port} is taken: set PORT to another one.`);
		other.close();
	});
});
