import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Site } from '../../testing/processes.ts';
import { root, run } from '../../cli/tool.ts';
import { COUPLE, makeInstall, makeWedding, ORIGIN } from '../../testing/install.ts';
import { logIn } from '../../testing/journey.ts';
import { Person } from '../../testing/person.ts';

const UPLOADS = 10;
const SLOW = 200;

let install: Awaited<ReturnType<typeof makeInstall>>;
let site: Site;

// the site may have to be built first
beforeAll(async () => {
	install = await makeInstall();
	await run(join(root, 'src/cli/run.js'), ['migrate'], { env: { ...install.env, NODE_ENV: 'production' } });
	await makeWedding(install.databaseUrl, 1);
	site = await install.start();
}, 180_000);
afterAll(() => install.remove());

async function enter(): Promise<Person> {
	const anna = new Person(ORIGIN, '192.0.2.1');
	await logIn(anna, COUPLE, install.provider, { at: site, then: site });
	return anna;
}

/** The processes that the site has started; only Linux tells. */
function children(): string[] {
	return readdirSync('/proc').filter((pid) => {
		try {
			return (
				/^\d+$/.test(pid) && readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[3] === String(site.pid)
			);
		} catch {
			return false;
		}
	});
}

it.runIf(process.platform === 'linux')(
	'many recordings that come at once are read in as many processes as there are cores',
	async () => {
		const anna = await enter();
		const sound = readFileSync(join(root, 'src/testing/sounds/toast-voice.ogg'));
		const uploads = Promise.all(
			Array.from({ length: UPLOADS }, (_, n) => {
				const form = new FormData();
				form.set('file', new File([sound], `toast-${n}.ogg`, { type: 'audio/ogg' }));
				return anna.post(site, '/api/upload', form, 'application/json').then(({ status }) => status);
			})
		);
		let [isOver, most] = [false, 0];
		void uploads.finally(() => (isOver = true));
		for (; !isOver; await sleep(20)) most = Math.max(most, children().length);
		expect(await uploads).toEqual(Array(UPLOADS).fill(201));
		// one that has just been killed may still be there, and two recordings are being made ready
		expect(most).toBeLessThanOrEqual(2 * Math.max(2, availableParallelism()) + 2);
	}
);

/** Somebody who sends a form, or takes pages, and stops in the middle. */
async function dawdle(request: string): Promise<Socket> {
	const { hostname, port } = new URL(site.url);
	const socket = connect(Number(port), hostname).on('error', () => {});
	await once(socket, 'connect');
	const head = `Host: ${new URL(ORIGIN).host}\r\nOrigin: ${ORIGIN}\r\nX-Real-IP: 192.0.2.2\r\n`;
	socket.write(request.replaceAll('HEAD\r\n', head));
	return socket;
}

it('two hundred who send or read as slowly as they can keep nobody from a page', async () => {
	const anna = await enter();
	const type = 'Content-Type: application/x-www-form-urlencoded';
	const form = `POST /auth/send-link HTTP/1.1\r\nHEAD\r\n${type}\r\nContent-Length: 100000\r\n\r\nemail=`;
	const pages = 'GET /login HTTP/1.1\r\nHEAD\r\n\r\n'.repeat(3);
	const slow = Array.from({ length: SLOW }, (_, n) => dawdle(n % 2 ? form : pages));
	const senders = (await Promise.all(slow)).filter((_, n) => n % 2);
	const asked = Array.from({ length: 20 }, () => anna.get(site, '/recordings'));
	expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(20).fill(200));
	// they are waited for, and were not simply sent away
	expect(senders.every(({ bytesRead, destroyed }) => bytesRead === 0 && !destroyed)).toBe(true);
	for (const socket of await Promise.all(slow)) socket.destroy();
});
