import { describe, expect, it } from 'vitest';
import { Problem } from '../../lib/kernel/problem.ts';
import { names, render, upstream } from './vhost.ts';

const SITE = { environment: 'prod', host: 'anna-and-ben.example', folder: '/srv/vowtape' };

describe('the virtual host', () => {
	it('is that of the site, where certbot and Debian keep things', () => {
		const text = render(SITE);
		expect(text).toContain('server_name anna-and-ben.example;');
		expect(text).toContain('listen 0.0.0.0:80;\n\tlisten [::]:80;');
		expect(text).toContain('listen 0.0.0.0:443 ssl http2;\n\tlisten [::]:443 ssl http2;');
		expect(text).toContain('return 301 https://anna-and-ben.example$request_uri;');
		expect(text).toContain('ssl_certificate /etc/letsencrypt/live/anna-and-ben.example/fullchain.pem;');
		expect(text).toContain('alias /srv/vowtape/uploads/;');
		expect(text).toContain('error_log /var/log/nginx/vowtape-prod.error.log error;');
		expect(text).not.toMatch(/\{\{|\}\}/);
	});

	it('goes to other ports and places where it is told so', () => {
		const places = {
			certificate: '/etc/tls/site.pem',
			key: '/etc/tls/site.key',
			listen: { addresses: ['127.0.0.1'], http: 8080, https: 8443 }
		};
		const text = render(SITE, places);
		expect(text).toContain('listen 127.0.0.1:8080;\n\tserver_name');
		expect(text).toContain('return 301 https://anna-and-ben.example:8443$request_uri;');
		expect(text).toContain('ssl_certificate_key /etc/tls/site.key;');
	});

	it('has a block for each host, with its own certificate', () => {
		const tom = { host: 'tom.example', certificate: '/etc/tls/tom.pem', key: '/etc/tls/tom.key' };
		const text = render({ ...SITE, otherHosts: [{ host: 'eva.example' }, tom] }, { listen: { https: 8443 } });
		const all = (word: RegExp) => [...text.matchAll(word)].map(([, found]) => found);
		const hosts = ['anna-and-ben.example', 'eva.example', 'tom.example'];
		expect(all(/server_name (.*);/g)).toEqual(hosts.flatMap((host) => [host, host]));
		expect(all(/ssl_certificate (.*);/g)).toEqual([
			'/etc/letsencrypt/live/anna-and-ben.example/fullchain.pem',
			'/etc/letsencrypt/live/eva.example/fullchain.pem',
			'/etc/tls/tom.pem'
		]);
		expect(all(/proxy_set_header Host (.*);/g)).toEqual(hosts.map((host) => `${host}:8443`));
		expect(all(/(limit_req_zone|proxy_cache_path) /g)).toEqual(['limit_req_zone', 'proxy_cache_path']);
	});

	it('takes no host twice, and none that nginx could take for something else', () => {
		expect(() => render({ ...SITE, otherHosts: [{ host: SITE.host }] })).toThrow(
			'has anna-and-ben.example twice'
		);
		expect(() => render({ ...SITE, otherHosts: [{ host: 'a; #' }] })).toThrow(Problem);
		expect(() => render({ ...SITE, otherHosts: [{ host: 'a.b', key: '/a b' }] })).toThrow(Problem);
	});

	it('shares nothing with another environment on the same nginx', () => {
		const shared = /\b(?:zone=|keys_zone=|shared:|log_format |upstream |map \S+ \$|\?<)(\w+)/g;
		const ids = (environment: string) =>
			[...(render({ ...SITE, environment }) + upstream(environment, 3001)).matchAll(shared)].map(
				([, id]) => id!
			);
		expect(ids('prod').length).toBeGreaterThan(8);
		expect(ids('prod').filter((id) => ids('dev').includes(id))).toEqual([]);
		expect(names('dev')).toEqual({ vhost: 'vowtape-dev.conf', upstream: 'vowtape-dev.upstream.conf' });
	});

	it.each([
		'',
		'Anna.example',
		'https://anna.example',
		'anna.example:443',
		'a b',
		'a;b',
		'-a',
		'a..b',
		'*.a'
	])('does not take the host name %j', (host) => expect(() => render({ ...SITE, host })).toThrow(Problem));

	it.each(['', '../prod', 'Prod', 'prod;', 'a-b', '1st', 'x'.repeat(17)])(
		'does not take the environment %j',
		(environment) => {
			expect(() => render({ ...SITE, environment })).toThrow(Problem);
			expect(() => upstream(environment, 3001)).toThrow(Problem);
			expect(() => names(environment)).toThrow(Problem);
		}
	);

	it.each(['', 'srv', '/srv/a b', '/srv/;', '/srv/$host', '/srv/../etc', '/srv/{a}', '/srv/x\n'])(
		'does not take the folder %j',
		(folder) => expect(() => render({ ...SITE, folder })).toThrow(Problem)
	);

	it.each([0, 65536, 80.5, NaN])('does not take the port %d', (port) => {
		expect(() => upstream('prod', port)).toThrow(Problem);
		expect(() => render(SITE, { listen: { https: port } })).toThrow(Problem);
	});

	it('believes nobody in front of it but whom it is told to', () => {
		expect(render(SITE)).not.toContain('real_ip');
		const text = render(SITE, { proxies: ['203.0.113.0/24', '2001:db8::/32'] });
		const said =
			'set_real_ip_from 203.0.113.0/24;\n\tset_real_ip_from 2001:db8::/32;\n\treal_ip_header X-Forwarded-For;';
		expect(text.split(said)).toHaveLength(3);
		expect(() => render(SITE, { proxies: ['all; #'] })).toThrow(Problem);
	});

	it('does not take an address that is none', () => {
		expect(() => render(SITE, { listen: { addresses: ['0.0.0.0:80; #'] } })).toThrow(Problem);
	});

	it('says what is wrong and what to give', () => {
		expect(() => render({ ...SITE, host: 'Anna.example' })).toThrow(
			'"Anna.example" cannot be the host name of a virtual host: ' +
				'give it in small letters, without https:// and port, such as anna-and-ben.example.'
		);
	});
});

describe('the upstream', () => {
	it('names each running copy', () => {
		expect(upstream('prod', 3001, 3002)).toContain('\tserver 127.0.0.1:3001;\n\tserver 127.0.0.1:3002;\n');
	});

	it('is never empty', () => {
		expect(() => upstream('prod')).toThrow('at least one port');
	});
});
