/* Fetches bytes over a few connections, in a process of its own, so that it does not wait for whoever measures. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectSafely } from 'node:tls';

export type Pull = {
	/** of the server and what is asked for there */
	url: string;
	connections: number;
	cookie: string;
	/** of each request, from the first again after the last; `` for all of it */
	ranges: string[];
	/** so many requests in all */
	amount: number;
};

/** Gives back MB a second. */
export async function pull(wanted: Pull): Promise<number> {
	const child = fork(import.meta.filename);
	child.send(wanted);
	const [speed] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [0])]);
	if (!(speed > 0)) throw new Error('a request was not answered with bytes');
	return speed as number;
}

if (import.meta.main) process.once('message', (wanted) => void run(wanted as Pull));

async function run({ url, connections, cookie, ranges, amount }: Pull) {
	const { protocol, host, hostname, port, pathname } = new URL(url);
	const where = { host: hostname, port: Number(port), noDelay: true };
	// a stage makes its certificate itself
	const dial = () =>
		protocol === 'https:' ? connectSafely({ ...where, rejectUnauthorized: false }) : connect(where);
	let asked = 0;
	let bytes = 0;
	const start = performance.now();
	const drive = () =>
		new Promise<void>((done, fail) => {
			const socket = dial();
			let left = 0;
			const next = () => {
				if (asked === amount) return done(void socket.destroy());
				const range = ranges[asked++ % ranges.length];
				const more = range ? `range: bytes=${range}\r\n` : '';
				socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\n${more}\r\n`);
			};
			socket.on(protocol === 'https:' ? 'secureConnect' : 'connect', next).on('error', fail);
			socket.on('data', (data) => {
				bytes += data.length;
				if (left === 0) {
					// servers write the head in one piece
					const end = data.indexOf('\r\n\r\n');
					const [, length] = /\r\ncontent-length: (\d+)/i.exec(data.toString('latin1', 0, end)) ?? [];
					if (!/^HTTP\/1.1 20/.test(data.toString('latin1', 0, 12)) || !length)
						return fail(new Error('refused'));
					left = end + 4 + Number(length);
				}
				left -= data.length;
				if (left === 0) next();
			});
		});
	await Promise.all(Array.from({ length: connections }, drive));
	process.send!(bytes / 2 ** 20 / ((performance.now() - start) / 1000));
	process.disconnect();
}
