import { once } from 'node:events';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequest } from '@sveltejs/kit/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guard } from './incoming.server.ts';
import { receive } from '../files/multipart.server.ts';

let dir: string;
let server: Server;
/** What became of the body: how its reader ended. */
let ended: PromiseWithResolvers<string>;
let patience = 60_000;

beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'vowtape-incoming-'))));
afterAll(() => rm(dir, { recursive: true }));
afterEach(() => server.close());

beforeEach(async () => {
	patience = 60_000;
	ended = Promise.withResolvers();
	server = createServer((incoming, response) => {
		guard(incoming, response, patience);
		const request = getRequest({ request: incoming, response, base: 'http://site.test' });
		const isUpload = incoming.url === '/api/upload';
		const reading = isUpload ? receive(request, { dir, limitBytes: 1 << 30 }) : request.text();
		reading.then(
			() => ended.resolve('whole'),
			({ code, message }) => ended.resolve(code ?? message)
		);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
});

/** Sends a head that announces more than comes, and then the beginning of a body. */
async function begin(path: string, length: string, body: Buffer): Promise<Socket> {
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
	const type = 'Content-Type: multipart/form-data; boundary=x';
	socket.resume().write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${type}\r\n${length}\r\n\r\n`);
	await new Promise((sent) => socket.write(body, sent));
	return socket;
}

const FILE = Buffer.concat([
	Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n'),
	Buffer.from('Content-Type: audio/mpeg\r\n\r\n'),
	Buffer.alloc(8 << 20)
]);
const upload = () => begin('/api/upload', `Content-Length: ${100 << 20}`, FILE);

/** The files of uploads that this process has open, also those that are removed already. */
async function descriptors(): Promise<string[]> {
	const open = await readdir('/proc/self/fd');
	const paths = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
	return paths.filter((path) => path.startsWith(dir));
}

describe.runIf(process.platform === 'linux')('an upload leaves neither a file nor a descriptor', () => {
	const left = async () => [...(await readdir(dir)), ...(await descriptors())];

	it.each<[string, (socket: Socket) => unknown]>([
		['is given up by its sender', (socket) => socket.destroy()],
		['is half closed by its sender', (socket) => socket.end()],
		['is cut off by a server that stops', () => server.closeAllConnections()]
	])('when it %s', async (_, act) => {
		const socket = await upload();
		await expect.poll(left).toHaveLength(2);
		act(socket);
		expect(await ended.promise).toBe('upload_cut_short');
		await expect.poll(left).toEqual([]);
		socket.destroy();
	});

	it('when it falls silent', async () => {
		patience = 500;
		const socket = await upload();
		expect(await ended.promise).toBe('upload_cut_short');
		await expect.poll(left).toEqual([]);
		socket.destroy();
	});
});

describe('whoever reads a body is told that there is no more', () => {
	it('when it falls silent', async () => {
		patience = 500;
		const socket = await begin('/rsvp', 'Content-Length: 100', Buffer.from('x'));
		expect(await ended.promise).not.toBe('whole');
		socket.destroy();
	});

	it('when it is refused for its size', async () => {
		const chunk = `80000\r\n${'x'.repeat(0x80000)}\r\n`;
		const socket = await begin('/rsvp', 'Transfer-Encoding: chunked', Buffer.from(chunk.repeat(2)));
		expect(await ended.promise).not.toBe('whole');
		socket.destroy();
	});
});
