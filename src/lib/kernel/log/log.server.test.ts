import { expect, it, vi } from 'vitest';
import { log, mask } from './log.server.ts';
import { inRequest } from '../http/request.server.ts';

it.each([
	['/auth/verify/93YJ1fwy_Hu6zfnQlUZ7nrRJNeIIdtqufvdsCR0Y8SE', '/auth/verify/***'],
	['/auth/verify/93YJ1fwy_Hu6?x=1', '/auth/verify/***?x=1'],
	['GET /feed/93YJ1fwy_Hu6/01900000.m4a', 'GET /feed/***/01900000.m4a'],
	['GET /unsubscribe/93YJ1fwy_Hu6?of=news', 'GET /unsubscribe/***?of=news'],
	['GET /door/in/93YJ1fwy_Hu6', 'GET /door/in/***'],
	['GET /seats/93YJ1fwy_Hu6?q=an', 'GET /seats/***?q=an'],
	['GET /i/ABCDEFGHJKMN/__data.json', 'GET /i/***/__data.json'],
	['GET /I/ABCDEFGHJKMN', 'GET /I/***'],
	['GET /auth/verify/[token]', 'GET /auth/verify/[token]'],
	['cookie: __Host-session=abc-DEF_1; language=nl', 'cookie: __Host-session=***; language=nl'],
	['nonce=NgD4E4LPbBtuNCf7; Path=/', 'nonce=***; Path=/'],
	['Authorization: Bearer mlsn.123abc', 'Authorization: Bearer ***'],
	['mail to anna.de-vries+x@example.org bounced', 'mail to a***@example.org bounced'],
	['/couple?q=anna@x.org', '/c***@x.org'],
	['{"a":"É@x.org","b":"q@y.nl"}', '{"a":"É***@x.org","b":"q***@y.nl"}']
])('masks what is secret in %j', (line, masked) => {
	expect(mask(line)).toBe(masked);
});

it('masks in every field of a line, and in errors', () => {
	const written: string[] = [];
	log.level = 'info';
	vi.spyOn(process.stdout, 'write').mockImplementation((line) => Boolean(written.push(String(line))));
	log.fatal(
		{ path: '/i/ABCDEFGHJKMN', deep: { to: 'anna@example.org' }, error: String(new Error('session=abc')) },
		'to anna@example.org'
	);
	vi.restoreAllMocks();
	expect(written).toHaveLength(1);
	expect(written[0]).not.toMatch(/ABCDEFGHJKMN|anna@|session=abc/);
	expect(JSON.parse(written[0]!)).toMatchObject({ path: '/i/***', msg: 'to a***@example.org' });
});

it('names the request in every line that it causes, and in no other', async () => {
	const written: string[] = [];
	log.level = 'info';
	vi.spyOn(process.stdout, 'write').mockImplementation((line) => Boolean(written.push(String(line))));
	await Promise.all(
		['aaaa1111', 'bbbb2222'].map((id) =>
			inRequest(id, async () => {
				await new Promise((wake) => setImmediate(wake));
				log.info({ id });
			})
		)
	);
	log.info('a job');
	vi.restoreAllMocks();
	const lines = written.map((line) => JSON.parse(line));
	expect(lines.map(({ id, request }) => [id, request])).toEqual([
		['aaaa1111', 'aaaa1111'],
		['bbbb2222', 'bbbb2222'],
		[undefined, undefined]
	]);
});

it.each(['a', 'session', '@a', '/i/', 'a.', 'Bearer ', '-session'])(
	'looks at each sign of a long line of %j about once',
	(piece) => {
		const line = `x@y ${piece.repeat(2_000_000 / piece.length)}`;
		expect(mask(line).length).toBeGreaterThan(0);
	}
);
