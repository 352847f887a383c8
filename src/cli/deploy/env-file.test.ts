import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { describe, expect, it } from 'vitest';
import { variables } from '../../env.ts';
import { root } from '../tool.ts';
import { readIac, target } from './config.ts';
import { format, values } from './env-file.ts';

const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8');
const prod = target('prod', readIac(read('iac.yml')));
const secrets = {
	POSTGRES_PASSWORD: 'a/b@c',
	MAILERSEND_API_TOKEN: 'mlsn.x',
	MAIL_FROM: 'us@example.org',
	BACKUP_RECIPIENT: `age1${'q'.repeat(58)}`
};
const made = values(prod, secrets, 'registry/vowtape@sha256:0', '1000:1000');

describe('the settings on a server', () => {
	const example: Record<string, Record<string, string>> = parseYaml(read('secrets.yml.example'));
	const inImage = [...read('Dockerfile').matchAll(/\b([A-Z_]+)=\S/g)].map(([, name]) => name);

	it('are all thought of: in secrets.yml.example, in the image, or made by the deploy', () => {
		// for whoever tries it on their own machine, keys that do not stay on a server, what our nginx says, and the image's own ffmpeg
		const elsewhere = ['LOCAL', 'BACKUP_IDENTITY', 'DATA_KEY_OLD', 'PROXIES', 'FFMPEG_PATH'];
		const given = new Set([...Object.keys(example.prod!), ...inImage, ...Object.keys(made), ...elsewhere]);
		expect(Object.keys(variables).filter((name) => !given.has(name))).toEqual([]);
	});

	it('have no secret that the site does not know', () => {
		const known = [...Object.keys(variables), 'POSTGRES_PASSWORD'];
		expect(Object.keys(example.prod!).filter((name) => !known.includes(name))).toEqual([]);
		expect(Object.keys(example.dev!)).toEqual(Object.keys(example.prod!));
	});

	it('say all that docker-compose.yml asks for', () => {
		const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!);
		expect(asked.length).toBeGreaterThan(3);
		expect(asked.filter((name) => !(name in made))).toEqual([]);
	});

	it('hold the address of the database, whatever its password', () => {
		expect(made.DATABASE_URL).toBe('postgresql://vowtape:a%2Fb%40c@db:5432/vowtape');
		const elsewhere = values(prod, { ...secrets, DATABASE_URL: 'postgres://elsewhere/x' }, 'i', 'u');
		expect(elsewhere.DATABASE_URL).toBe('postgres://elsewhere/x');
	});

	it('are checked before anything is touched', () => {
		expect(() => values(prod, { ...secrets, UPLOAD_LIMIT: 'much' }, 'i', 'u')).toThrow(
			'UPLOAD_LIMIT must be'
		);
	});
});

describe('the file with them', () => {
	it('takes every value as it is', () => {
		expect(format({ A: 'p$w #"\\x', B: '' })).toBe(`A='p$w #"\\x'\nB=''\n`);
	});

	it('refuses what cannot be written, without repeating it', () => {
		expect(() => format({ A: "it's" })).toThrow(/^secrets.yml: A must be one line without a single quote.$/);
		expect(() => format({ A: 'a\nB=c' })).toThrow('A must be one line');
		expect(() => format({ 'A B': 'c' })).toThrow('A B is not the name of a setting');
	});
});
