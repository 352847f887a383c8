import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../lib/kernel/problem.ts';
import { root } from '../tool.ts';

/** Where a site stands on its server. Paths are absolute, and the server's own. */
export type Site = {
	/** dev or prod: part of the names of files, logs and zones */
	environment: string;
	/** as guests type it: anna-and-ben.example */
	host: string;
	/** of other couples on the same install, each with a certificate of its own: one for all would name them all */
	otherHosts?: Certified[];
	/** of the install: uploads/ and nginx/ are in it */
	folder: string;
};

type Certified = {
	host: string;
	/** with its chain, and its key, where they are not where certbot keeps them */
	certificate?: string;
	key?: string;
};

/** Where a server is not as Debian and certbot make it. */
export type Places = Omit<Certified, 'host'> & {
	/** where certbot leaves its proofs */
	challenges?: string;
	logs?: string;
	/** nginx makes a folder of ours in it */
	cache?: string;
	listen?: { addresses?: string[]; http?: number; https?: number };
	/** what stands in front of nginx, a CDN or a balancer: of these alone it believes whose a request is */
	proxies?: string[];
};

/** What X_ACCEL_PREFIX has to say behind this virtual host. */
export const ACCEL_PREFIX = '/files/';

/** How both files are called where nginx includes them, /etc/nginx/conf.d say. */
export const names = (environment: string) => {
	const name = `vowtape-${checked(environment, ENVIRONMENT, 'environment')}`;
	return { vhost: `${name}.conf`, upstream: `${name}.upstream.conf` };
};

const ENVIRONMENT = /^[a-z][a-z0-9]{0,15}$/;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);
// nothing that ends a word in nginx's configuration, begins a variable, or climbs
const PATH = /^(?:\/(?!\.\.?(?:\/|$))[\w.@+-]+)+$/;
const RANGE = /^[\da-f.:]+(?:\/\d{1,3})?$/;
const ADDRESS = /^(?:[\d.]+|\[[\da-f:]+\])$/;

/**
 * The virtual host, to be written beside `upstream`: nginx needs both. A name, path or port that nginx could take
 * for something else is a Problem.
 */
export function render({ environment, host, otherHosts = [], folder }: Site, places: Places = {}): string {
	const { http = 80, https = 443, addresses = ['0.0.0.0', '[::]'] } = places.listen ?? {};
	const values: Record<string, string> = {
		id: `vowtape_${checked(environment, ENVIRONMENT, 'environment')}`,
		environment,
		'listen http': listen(addresses, http, ''),
		'listen https': listen(addresses, https, ' ssl http2'),
		challenges: path(places.challenges ?? '/var/www/html'),
		logs: path(places.logs ?? '/var/log/nginx'),
		cache: path(places.cache ?? '/var/lib/nginx'),
		pages: `${path(folder)}/nginx`,
		uploads: `${path(folder)}/uploads`,
		'accel prefix': ACCEL_PREFIX,
		proxies: believed(places.proxies ?? [])
	};
	// the first is also shown to whoever comes by a name that nginx does not know
	const hosts = [{ host, certificate: places.certificate, key: places.key }, ...otherHosts];
	const twice = hosts.find((one, n) => hosts.findIndex(({ host }) => host === one.host) < n);
	if (twice) throw new Problem(`The virtual host has ${twice.host} twice: once is enough.`);
	const [shared, each] = template().split('{{each host}}\n');
	return (
		filled(shared!, values) +
		hosts.map((one) => filled(each!, { ...values, ...ofHost(one, https) })).join('\n')
	);
}

function ofHost({ host, certificate, key }: Certified, https: number): Record<string, string> {
	const certificates = `/etc/letsencrypt/live/${checked(host, HOST, 'host name')}`;
	return {
		host,
		address: `${host}${port(https) === '443' ? '' : `:${https}`}`,
		certificate: path(certificate ?? `${certificates}/fullchain.pem`),
		key: path(key ?? `${certificates}/privkey.pem`)
	};
}

function filled(text: string, values: Record<string, string>): string {
	return text.replace(/\{\{([^}]*)\}\}/g, (_, name: string) => {
		if (values[name] === undefined) throw new Error(`the template asks for ${name}`);
		return values[name];
	});
}

/** Whom the virtual host passes requests to: the running copies of the site, by their ports on this machine. */
export function upstream(environment: string, ...ports: number[]): string {
	const id = `vowtape_${checked(environment, ENVIRONMENT, 'environment')}`;
	const servers = ports.map((one) => `\tserver 127.0.0.1:${port(one)};\n`);
	if (servers.length === 0) throw new Problem('The upstream of nginx needs at least one port.');
	// shorter than the 75 seconds of the site: nginx, not the site, closes what nobody uses
	return `upstream ${id} {\n${servers.join('')}\tkeepalive 32;\n\tkeepalive_timeout 60s;\n}\n`;
}

function template(): string {
	return readFileSync(join(root, 'nginx/vowtape.conf.template'), 'utf8');
}

function listen(addresses: string[], number: number, flags: string): string {
	return addresses
		.map((address) => `listen ${checked(address, ADDRESS, 'address')}:${port(number)}${flags};`)
		.join('\n\t');
}

/** The visitor is the last in X-Forwarded-For that is none of these; nobody else is asked who it is. */
function believed(proxies: string[]): string {
	if (proxies.length === 0) return '# no proxy stands in front: iac.yml has none in nginx.proxies';
	const ranges = proxies.map((range) => `set_real_ip_from ${checked(range, RANGE, 'proxy')};`);
	return [...ranges, 'real_ip_header X-Forwarded-For;', 'real_ip_recursive on;'].join('\n\t');
}

function port(number: number): string {
	if (Number.isInteger(number) && number >= 1 && number <= 65535) return String(number);
	throw new Problem(`${number} is not a port: give a whole number from 1 to 65535.`);
}

function path(value: string): string {
	return checked(value, PATH, 'path');
}

function checked(value: string, rule: RegExp, part: keyof typeof RULES): string {
	if (rule.test(value)) return value;
	throw new Problem(`${JSON.stringify(value)} cannot be the ${part} of a virtual host: ${RULES[part]}.`);
}

const RULES: Record<string, string> = {
	environment: 'give up to 16 small letters and digits, such as prod',
	'host name': 'give it in small letters, without https:// and port, such as anna-and-ben.example',
	path: 'give an absolute one of letters, digits and . _ @ + - without . and .. in it',
	proxy: 'give an address or a range of them, such as 203.0.113.0/24',
	address: 'give one of the machine, such as 127.0.0.1 or [::]'
};
