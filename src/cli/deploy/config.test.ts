import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from '../tool.ts';
import { readIac, target } from './config.ts';

const source = readFileSync(`${root}/iac.yml`, 'utf8');
const iac = readIac(source);

it('finds an environment, with the name of its image', () => {
	expect(target('prod', iac)).toMatchObject({
		environment: 'prod',
		repository: 'registry.example.org/vowtape',
		host: 'anna-and-ben.example'
	});
});

it('names the environments that there are to whoever types another', () => {
	expect(() => target('production', iac)).toThrow('There is no environment "production": dev or prod.');
	expect(() => target(undefined, iac)).toThrow('Give an environment: dev or prod.');
	expect(() => target('toString', iac)).toThrow('There is no environment');
});

it('says where iac.yml is wrong', () => {
	expect(() => readIac('a: [')).toThrow('iac.yml is not YAML');
	expect(() => readIac(source.replace('REGISTRY_NAME', 'REGISTRY'))).toThrow(
		'iac.yml: REGISTRY_NAME: must be'
	);
	expect(() => readIac(source.replace('/srv/vowtape-dev', '/srv/a; rm b'))).toThrow(
		'iac.yml: environments.dev.folder: must be an absolute path'
	);
	expect(() => readIac(source.replace('3210', '99999'))).toThrow(
		'iac.yml: environments.dev.bluePort: must be'
	);
	expect(() => readIac(source.replace('ssh: deploy@dev', 'ssh: -oProxyCommand=x'))).toThrow(
		'must be user@host'
	);
});

it('takes the hosts of other couples', () => {
	const more = source.replace('# otherHosts:\n    #   - host', 'otherHosts:\n      - host');
	expect(target('prod', readIac(more)).otherHosts).toEqual([{ host: 'eva-and-tom.example' }]);
	expect(() => readIac(more.replace('eva-and-tom.example', 'https://eva'))).toThrow(
		'iac.yml: environments.prod.otherHosts.0.host: must be a host name'
	);
});
