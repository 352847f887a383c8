/*
 * How long others wait for their page while two hundred connections send and read as slowly as they can, next to
 * the same without them: half send a form a byte at a time, half ask for pages and take them in small sips.
 *
 *   node bench/slow.ts
 */
import { connect, type Socket } from 'node:net';
import { fire } from './load.ts';
import { inTurn, median, say } from './measure.ts';
import { type Site, startDatabase, startSite } from '../src/testing/processes.ts';
import { fill, signIn } from './wedding.ts';

const SLOW = 200;
const SECRET = 'somebody';

const database = await startDatabase(async (client) => {
	await fill(client);
	await signIn(client, [SECRET]);
});
const site = await startSite({ DATABASE_URL: database.url });

const list = ({ url }: Site) => {
	const requests = [{ path: '/recordings', headers: { cookie: `session=${SECRET}` } }];
	return fire({ url, connections: 8, requests, amount: 2000, status: 200 });
};

function drip(socket: Socket, head: string): () => void {
	socket.on('error', () => {}).write(head);
	const timer = setInterval(() => socket.write('x'), 100);
	return () => (clearInterval(timer), socket.destroy());
}

function sip(socket: Socket, host: string): () => void {
	const ask = `GET /recordings HTTP/1.1\r\nHost: ${host}\r\nCookie: session=${SECRET}\r\n\r\n`;
	socket.on('error', () => {}).pause();
	const timer = setInterval(() => {
		socket.write(ask);
		socket.read(64);
	}, 100);
	return () => (clearInterval(timer), socket.destroy());
}

function slowOnes(): (() => void)[] {
	const { host, hostname, port } = new URL(site.url);
	const head = `Host: ${host}\r\nOrigin: ${site.url}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
	const form = `POST /auth/send-link HTTP/1.1\r\n${head}Content-Length: 100000\r\n\r\n`;
	return Array.from({ length: SLOW }, (_, n) => {
		const socket = connect({ host: hostname, port: Number(port) });
		return n % 2 ? drip(socket, form) : sip(socket, host);
	});
}

async function beside() {
	const stop = slowOnes();
	return list(site).finally(() => stop.forEach((end) => end()));
}

try {
	await list(site);
	const found = await inTurn({ ours: beside, bare: () => list(site) });
	const [ours, bare] = [found.ours, found.bare].map((rounds) => median(rounds, ({ p95 }) => p95));
	say({
		bench: `list beside ${SLOW} slow connections, p95`,
		ours: ours!,
		bare: bare!,
		unit: 'ms',
		atMost: 1000
	});
	const failures = found.ours.reduce((sum, { failures }) => sum + failures, 0);
	say({
		bench: `list beside ${SLOW} slow connections, errors`,
		ours: failures,
		bare: 0,
		unit: 'answers',
		atMost: 0
	});
} finally {
	await site.stop();
	await database.stop();
}
