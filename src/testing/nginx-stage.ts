import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as requestPlain } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { answers, end } from './processes.ts';
import { freePort } from './free-port.ts';
import { root } from '../cli/tool.ts';
import { names, render, upstream } from '../cli/deploy/vhost.ts';

const isRoot = process.getuid?.() === 0;

/** Debian keeps it where only root looks for programs. */
const NGINX = ['nginx', '/usr/sbin/nginx'].find((file) => runs(file, '-v'));

/** Why there can be no nginx for a test here; said aloud, so that nobody takes a skipped test for a passed one. */
export const missing = !NGINX
	? 'nginx is not installed'
	: runs('openssl', 'version')
		? undefined
		: 'openssl is not installed';
if (missing) process.stderr.write(`SKIPPED: ${missing}, so nothing of the virtual host is tried in it\n`);

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };
type Question = {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	http?: boolean;
};
type Around = {
	listen?: { http: number; https: number };
	proxies?: string[];
	/** other hosts, each with a certificate of its own */
	others?: string[];
	/** one more server of nginx's, for what ours is measured against */
	beside?: string;
};
export type Stage = Awaited<ReturnType<typeof startNginx>>;

/**
 * nginx with our virtual host as a server has it, but on ports of this machine alone and in a temporary folder.
 * `ports` are those of the site behind it. Throws what nginx says when it does not like the configuration.
 */
export async function startNginx(
	host: string,
	ports: number[],
	{ listen, proxies, others = [], beside = '' }: Around = {},
	folder = newFolder()
) {
	const { http, https } = listen ?? { http: await freePort(), https: await freePort() };
	const places = {
		certificate: join(folder, 'cert.pem'),
		key: join(folder, 'key.pem'),
		challenges: join(folder, 'challenges'),
		logs: join(folder, 'logs'),
		cache: folder,
		listen: { addresses: ['127.0.0.1'], http, https },
		proxies
	};
	certify(host, places);
	const otherHosts = others.map((host) => {
		const own = { host, certificate: join(folder, `${host}.pem`), key: join(folder, `${host}.key`) };
		certify(host, own);
		return own;
	});
	for (const name of ['logs', 'uploads', 'challenges']) mkdirSync(join(folder, name), { recursive: true });
	// as a deploy does it: what the site writes there is for itself and nginx's group
	if (isRoot) runs('chgrp', 'www-data', join(folder, 'uploads'));
	chmodSync(join(folder, 'uploads'), 0o2750);
	cpSync(join(root, 'nginx'), join(folder, 'nginx'), { recursive: true });
	const files = names('test');
	const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
	write(files.vhost, render({ environment: 'test', host, otherHosts, folder }, places));
	write(files.upstream, upstream('test', ...ports));
	write('nginx.conf', configuration(folder, Object.values(files), beside));

	const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'logs/nginx.log')];
	const check = spawnSync(NGINX!, ['-t', ...args], { encoding: 'utf8' });
	if (check.status !== 0) throw new Error(check.stderr);
	const child = spawn(NGINX!, args, { stdio: ['ignore', 'inherit', 'inherit'] });
	await answers(`http://127.0.0.1:${http}/`, child);
	const ca = readFileSync(places.certificate);
	const authorities = [ca, ...otherHosts.map(({ certificate }) => readFileSync(certificate))];
	const askAt = (servername: string, path: string, question: Question = {}) => {
		const where = { host: '127.0.0.1', servername, ca: authorities, path };
		return send({ ...where, port: question.http ? http : https }, servername, question);
	};

	return {
		folder,
		http,
		https,
		ca,
		/** what `nginx -t` says */
		verdict: check.stderr,
		/** answered over https unless it says http */
		ask: (path: string, question: Question = {}) => askAt(host, path, question),
		/** at one of the other hosts */
		askAt,
		log: (name: 'access' | 'error') => readFileSync(join(folder, `logs/vowtape-test.${name}.log`), 'utf8'),
		/** as a deploy does it: the other file, and a reload */
		switchTo(...others: number[]) {
			write(files.upstream, upstream('test', ...others));
			child.kill('SIGHUP');
		},
		async stop() {
			await end(child);
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** For a stage; what nginx serves has to be open to the user that it works as. */
export function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-nginx-'));
	chmodSync(folder, 0o711);
	return folder;
}

function runs(file: string, ...args: string[]): boolean {
	return spawnSync(file, args).status === 0;
}

function certify(host: string, { certificate, key }: { certificate: string; key: string }) {
	const { status, stderr } = spawnSync('openssl', [
		...['req', '-x509', '-nodes', '-days', '2', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
		...['-keyout', key, '-out', certificate, '-subj', '/CN=vowtape', '-addext', `subjectAltName=DNS:${host}`]
	]);
	if (status !== 0) throw new Error(String(stderr));
}

function configuration(folder: string, files: string[], beside: string): string {
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	return [
		`daemon off;`,
		...(isRoot ? ['user www-data;'] : []),
		`pid ${folder}/nginx.pid;`,
		`events { worker_connections 1024; }`,
		`http {`,
		...temporary.map((name) => `${name}_temp_path ${folder}/${name};`),
		...files.map((file) => `include ${folder}/${file};`),
		beside,
		`}`
	].join('\n');
}

function send(
	where: RequestOptions,
	host: string,
	{ method, headers, body, http }: Question
): Promise<Answer> {
	const { promise, resolve, reject } = Promise.withResolvers<Answer>();
	const ask = http ? requestPlain : request;
	const outgoing = ask({ ...where, method, headers: { host, ...headers }, agent: false });
	outgoing.on('error', reject).on('response', async (response) => {
		const { statusCode = 0, headers } = response;
		buffer(response).then((body) => resolve({ status: statusCode, headers, body }), reject);
	});
	outgoing.end(body);
	return promise;
}
