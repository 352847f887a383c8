import { expect, it } from 'vitest';
import { serve } from '../../../server.ts';
import { addressIn, network } from './network.ts';

it.each([
	['203.0.113.7', '203.0.113.7'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['::FFFF:cb00:7107', '203.0.113.7'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:0DB8:0001:0002::ffff', '2001:db8:1:2::/64'],
	['2001:db8::5:6:7:8', '2001:db8:0:0::/64'],
	['2001:db8:0:5:6:7:8:9', '2001:db8:0:5::/64'],
	['1::', '1:0:0:0::/64'],
	['::1', '0:0:0:0::/64'],
	['fe80::1%eth0', 'fe80:0:0:0::/64'],
	['unknown', 'unknown']
])('counts %s as %s', (address, expected) => expect(network(address)).toBe(expected));

it.each([
	['203.0.113.7', 1, '203.0.113.7'],
	['192.0.2.1, 203.0.113.7', 1, '203.0.113.7'],
	['192.0.2.1, 203.0.113.7, 198.51.100.2', 2, '203.0.113.7'],
	['203.0.113.7', 2, '203.0.113.7'],
	['203.0.113.7:41234,[2001:db8::1]:443', 1, '2001:db8::1'],
	['203.0.113.7:41234', 1, '203.0.113.7'],
	['192.0.2.1, unknown', 1, undefined],
	['', 1, undefined],
	[undefined, 1, undefined]
])('reads of %j, behind %i proxies, %s', (list, proxies, expected) =>
	expect(addressIn(list, proxies)).toBe(expected)
);

it('is told to the site as the first of several proxies has seen it, not as a visitor made it up', async () => {
	const seen = async (PROXIES: number, list?: string) => {
		const behind = { ADDRESS_HEADER: 'x-forwarded-for', PROXIES };
		const address = { ORIGIN: 'http://localhost:3000', HOST: '127.0.0.1', PORT: 0, ...behind };
		const { port, stop } = await serve(
			({ headers }, response) => response.end(headers['x-forwarded-for']),
			address
		);
		const headers = list ? { 'x-forwarded-for': list } : undefined;
		return (await fetch(`http://127.0.0.1:${port}`, { headers })).text().finally(stop);
	};
	expect(await seen(1, '192.0.2.1, 203.0.113.7')).toBe('203.0.113.7');
	expect(await seen(2, '192.0.2.1, 203.0.113.7, 198.51.100.2')).toBe('203.0.113.7');
	expect(await seen(2, '192.0.2.1, not an address, 198.51.100.2')).toBe('127.0.0.1');
	expect(await seen(2)).toBe('127.0.0.1');
});
