import { expect, it } from 'vitest';
import { variables } from './env.ts';
import { parse } from './lib/kernel/settings.server.ts';

it('has a default for everything that a first try needs', () => {
	const settings = parse({});
	expect(settings).toMatchObject({
		ORIGIN: 'http://localhost:3000',
		HOST: '127.0.0.1',
		UPLOAD_LIMIT: 524_288_000
	});
	expect(settings.DATABASE_URL).toBeUndefined();
	expect(settings.LOCAL).toBe(false);
});

it('follows PORT where ORIGIN is not set', () => {
	expect(parse({ PORT: '8080' }).ORIGIN).toBe('http://localhost:8080');
});

it('takes an empty setting for one that is not set', () => {
	const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
	expect(parse(empty)).toEqual(parse({}));
});

it.each([
	['524288000', 524_288_000],
	['500MB', 524_288_000],
	['1.5 gb', 1_610_612_736]
])('reads %s as a size', (typed, bytes) => {
	expect(parse({ UPLOAD_LIMIT: typed }).UPLOAD_LIMIT).toBe(bytes);
});

it('keeps of ORIGIN what a browser would call it', () => {
	expect(parse({ ORIGIN: 'HTTPS://Anna-and-Ben.example:443/' }).ORIGIN).toBe('https://anna-and-ben.example');
});

it.each([
	[{ ORIGIN: 'anna-and-ben.example' }, 'ORIGIN must be'],
	[{ ORIGIN: 'https://anna-and-ben.example/wedding' }, 'ORIGIN must be'],
	[{ PORT: '0' }, 'PORT must be'],
	[{ UPLOAD_LIMIT: '-1' }, 'UPLOAD_LIMIT must be'],
	[{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with'],
	[{ DATABASE_DIRECT_URL: 'postgres://db/x' }, 'DATABASE_URL is not set'],
	[{ MAIL_FROM: 'Anna <anna@example.org>' }, 'MAIL_FROM must be'],
	[{ DATA_KEY: 'secret' }, 'DATA_KEY must be 64'],
	[{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be'],
	[{ METRICS_PORT: '3000' }, 'METRICS_PORT must be another one than PORT'],
	[{ WEBHOOK_URL: 'discord' }, 'WEBHOOK_URL must be an address'],
	[{ UPLOADS_TO: 'recordings' }, 'UPLOADS_TO must be a bucket'],
	[{ UPLOADS_TO: 's3://bucket?versions' }, 'UPLOADS_TO must be a bucket'],
	[{ S3_ENDPOINT: 'https://s3.example/bucket' }, 'S3_ENDPOINT must be'],
	[{ S3_ACCESS_KEY_ID: 'key' }, 'belong together'],
	[{ BACKUP_TO: 'ftp://backups' }, 'BACKUP_TO must be a folder'],
	[{ BACKUP_TO: 'ssh://host' }, 'BACKUP_TO must be a folder'],
	[{ BACKUP_RECIPIENT: 'AGE-SECRET-KEY-1QQQ' }, 'BACKUP_RECIPIENT must be a public key'],
	[{ MAILERSEND_API_TOKEN: 'secret' }, 'MAIL_FROM is not set'],
	[{ NODE_ENV: 'production' }, 'ORIGIN is not set'],
	[{ NODE_ENV: 'production', ORIGIN: 'https://a.example' }, 'DATABASE_URL is not set']
])('refuses %j and names the setting', (env, message) => {
	expect(() => parse(env)).toThrow(message);
});

it('repeats no value: some are secret', () => {
	expect(() => parse({ DATABASE_URL: 'postgre://anna:hunter2@db/x' })).toThrow(
		/^DATABASE_URL must begin with [^2]*$/
	);
});
