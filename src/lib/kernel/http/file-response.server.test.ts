import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { timesOpen } from '../../../testing/open-files.ts';
import { open, site, url } from '../../../testing/server.ts';
import * as files from '../files/files.server.ts';
import type { Stored } from '../files/stored.ts';
import { send } from './send.server.ts';

const SIZE = 2_500_000;
/** more than a connection takes in before anybody reads from it */
const LARGE = 256 << 20;
const details = { mimeType: 'audio/mpeg', etag: 'abc', name: 'Speech.mp3', kind: 'inline' } as const;
const contents = [251, 241, 239].map((prime) =>
	Buffer.from(Array.from({ length: SIZE }, (_, index) => index % prime))
);
let stored: Stored[];
let large: Stored;

async function keep(content: Buffer, size = content.length): Promise<Stored> {
	const [id, path] = [randomUUID(), join(await files.incomingDir(), randomUUID())];
	await writeFile(path, content);
	await truncate(path, size);
	await files.keep(path, id, 'mp3');
	return files.find(id, 'mp3');
}

beforeAll(async () => {
	stored = await Promise.all(contents.map((content) => keep(content)));
	large = await keep(Buffer.from('first'), LARGE);
});

/** Our server, with one of the files at each of the addresses /0, /1, … */
const serve = (all = stored) =>
	open(site((request) => send(request, all[Number(new URL(request.url).pathname.slice(1))]!, details)));

it.each([
	['', 0, SIZE - 1],
	['bytes=0-0', 0, 0],
	['bytes=524287-1048576', 524_287, 1_048_576],
	['bytes=-100', SIZE - 100, SIZE - 1]
])('sends %s exactly, and says to nobody where it lies', async (range, first, last) => {
	const server = await serve();
	const answer = await fetch(url(server, '/0'), range ? { headers: { range } } : {});
	expect(answer.status).toBe(range ? 206 : 200);
	expect(answer.headers.get('content-length')).toBe(String(last - first + 1));
	expect(answer.headers.has('x-send-file')).toBe(false);
	const bytes = Buffer.from(await answer.arrayBuffer());
	expect(contents[0]!.subarray(first, last + 1).equals(bytes)).toBe(true);
});

it('sends each of many listeners their own, at once and one after the other', async () => {
	const server = await serve();
	const listen = async (place: number) => {
		const bytes = Buffer.from(await (await fetch(url(server, `/${place % 3}`))).arrayBuffer());
		return contents[place % 3]!.equals(bytes);
	};
	for (let round = 0; round < 2; round++)
		expect(await Promise.all(Array.from({ length: 12 }, (_, place) => listen(place)))).not.toContain(false);
});

it('has no bytes for HEAD, and goes on with the connection', async () => {
	const server = await serve();
	const answer = await fetch(url(server, '/0'), { method: 'HEAD' });
	expect([answer.headers.get('content-length'), await answer.text()]).toEqual([String(SIZE), '']);
	expect((await fetch(url(server, '/0'), { headers: { range: 'bytes=0-9' } })).status).toBe(206);
});

it('closes the file of a listener who stops reading and leaves', async () => {
	const { port } = await serve([large]);
	const socket = connect(port, '127.0.0.1').on('error', () => {});
	socket.write('GET /0 HTTP/1.1\r\nhost: localhost:3000\r\n\r\n');
	await once(socket, 'readable');
	expect(await timesOpen(large.path!)).toBe(1);
	socket.destroy();
	await expect.poll(() => timesOpen(large.path!)).toBe(0);
});

it('breaks off what is shorter than it was, for its length is promised', async () => {
	const server = await serve([{ ...stored[0]!, bytes: SIZE + 1 }]);
	await expect(fetch(url(server, '/0')).then((answer) => answer.arrayBuffer())).rejects.toThrow();
	expect(await timesOpen(stored[0]!.path!)).toBe(0);
});

it('breaks off what was removed a moment ago', async () => {
	const server = await serve([{ ...stored[0]!, path: `${stored[0]!.path}.gone` }]);
	await expect(fetch(url(server, '/0')).then((answer) => answer.arrayBuffer())).rejects.toThrow();
});
