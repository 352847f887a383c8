import { isIP, isIPv6, SocketAddress } from 'node:net';

/**
 * Whom the last of `proxies` has seen, in a list to which each adds the address that it was asked from: what stands
 * further left a visitor may have made up. Undefined where no address stands.
 */
export function addressIn(list: string | undefined, proxies: number): string | undefined {
	const told = (list ?? '').split(',').map(plainAddress);
	return told[Math.max(0, told.length - proxies)];
}

/** Some proxies add the port: 203.0.113.7:41234, [2001:db8::1]:41234. */
function plainAddress(text: string): string | undefined {
	const address = text.trim().replace(/^\[(.*)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3');
	return isIP(address) ? address : undefined;
}

/**
 * Whose an address is, as limits count: a home or a telephone has 2^64 of IPv6 (RFC 6177), and one of IPv4, also
 * where that is written as IPv6.
 */
export function network(address: string): string {
	if (!isIPv6(address)) return address;
	const { address: short } = new SocketAddress({ address: address.split('%')[0], family: 'ipv6' });
	const mapped = /^::ffff:([\d.]+)$/.exec(short)?.[1];
	if (mapped) return mapped;
	const [head, tail] = short.split('::').map((half) => half.split(':').filter(Boolean));
	const zeros = tail ? Array<string>(Math.max(0, 8 - head!.length - tail.length)).fill('0') : [];
	return `${[...head!, ...zeros, ...(tail ?? [])].slice(0, 4).join(':')}::/64`;
}
