import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { serve } from '../../../server.ts';

/** What the built site is told of where it was asked, in headers with secret names; else the status of its refusal. */
async function told(head: string): Promise<string> {
	const address = { ORIGIN: 'https://anna-and-ben.example', HOST: '127.0.0.1', PORT: 0, PROXIES: 1 };
	const server = await serve(
		({ headers }, response) => {
			const secret = Object.entries(headers).filter(([name]) => /^x-[0-9a-f]{32}$/.test(name));
			response.end(secret.map(([, value]) => value).join('://'));
		},
		{ ...address, ADDRESS_HEADER: undefined }
	);
	const socket = connect(server.port, '127.0.0.1');
	socket.write(`${head}\r\nConnection: close\r\n\r\n`);
	const [answer, body] = (await text(socket)).split('\r\n\r\n');
	await server.stop();
	const [, status] = answer!.split(' ');
	return status === '200' ? body! : status!;
}

it.each([
	['Eva-and-Tom.example', 'eva-and-tom.example'],
	['eva-and-tom.example:443', 'eva-and-tom.example'],
	['eva-and-tom.example:8443', 'eva-and-tom.example:8443'],
	['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
	['[::1]:3000', '[::1]:3000'],
	['', 'anna-and-ben.example']
])('a request for host %j is for %s, over the protocol of ORIGIN', async (said, host) => {
	expect(await told(`GET / HTTP/1.1\r\nHost: ${said}`)).toBe(`https://${host}`);
});

it('a request that names no host is for that of ORIGIN', async () => {
	expect(await told('GET / HTTP/1.0')).toBe('https://anna-and-ben.example');
});

it('neither what a proxy claims nor an address in place of a path is believed', async () => {
	const claims =
		'X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\nForwarded: host=evil.example';
	expect(await told(`GET http://evil.example/ HTTP/1.1\r\nHost: eva.example\r\n${claims}`)).toBe(
		'https://eva.example'
	);
});

it.each(['a b', 'evil.example/', 'eva.example@evil.example', 'evil.example?', 'a:99999', 'a%2fb', '\\evil'])(
	'a request for host %j, which is none, is refused',
	async (said) => expect(await told(`GET / HTTP/1.1\r\nHost: ${said}`)).toBe('400')
);
