import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Target } from './config.ts';
import { Registry } from './registry.ts';
import { list } from './versions.ts';

const commit = 'a1b2c3d4e5'.repeat(4);
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const labels = {
	'org.opencontainers.image.created': '2026-11-21T07:00:00Z',
	'org.opencontainers.image.description': 'people: a shorter list',
	'org.opencontainers.image.revision': commit
};
const index = { manifests: [{ digest: digest('2'), platform: { os: 'linux' } }] };
const image = { config: { digest: digest('3') }, layers: [{ digest: digest('4'), size: 5 }] };

/** What a registry has of one image, a tag of which stands for several kinds of processor. */
const CONTENT: Record<string, unknown> = {
	'tags/list?n=1000': { tags: [commit] },
	'tags/list?n=1000&last=x': { tags: ['latest', `${commit.slice(0, 9)}0`] },
	[`manifests/${commit}`]: index,
	[`manifests/${commit.slice(0, 9)}0`]: index,
	[`manifests/${digest('1')}`]: index,
	[`manifests/${digest('2')}`]: image,
	[`blobs/${digest('3')}`]: { created: '2026-01-01T00:00:00Z', config: { Labels: labels } }
};

let server: Server | undefined;
afterEach(() => server?.close());

/** Lets in whom `isLetIn` says, and tells others `challenge`. */
async function start(
	isLetIn: (authorization?: string) => boolean,
	challenge = 'Basic realm="r"'
): Promise<Target> {
	const answer = (request: IncomingMessage, response: ServerResponse) => {
		const { port } = server!.address() as AddressInfo;
		const { authorization } = request.headers;
		if (request.url!.startsWith('/token?service=s&scope=pull')) {
			const isKnown = authorization === `Basic ${btoa('me:hush')}`;
			return response.writeHead(isKnown ? 200 : 401).end(JSON.stringify({ token: 'given' }));
		}
		if (!isLetIn(authorization)) {
			const realm = challenge.replace('PORT', String(port));
			return response.writeHead(401, { 'www-authenticate': realm }).end();
		}
		const path = request.url!.replace('/v2/vowtape/', '');
		if (!(path in CONTENT)) return response.writeHead(404).end('{}');
		if (path === 'tags/list?n=1000')
			response.setHeader('link', '</v2/vowtape/tags/list?n=1000&last=x>; rel="next"');
		if (path.startsWith('manifests/')) response.setHeader('docker-content-digest', digest('1'));
		response.end(request.method === 'HEAD' ? '' : JSON.stringify(CONTENT[path]));
	};
	server = createServer(answer).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { registry, image: 'vowtape', repository: `${registry}/vowtape` } as Target;
}

const open = async () => new Registry(await start(() => true));

describe('the registry', () => {
	it('lists every tag, page after page', async () => {
		expect(await (await open()).tags()).toEqual([commit, 'latest', `${commit.slice(0, 9)}0`]);
	});

	it('has none before anything was pushed', async () => {
		const target = await start(() => true);
		expect(await new Registry({ ...target, image: 'other' }).tags()).toEqual([]);
	});

	it('knows what a tag stands for, also by its beginning', async () => {
		const registry = await open();
		expect(await registry.resolve(commit)).toEqual({ tag: commit, digest: digest('1') });
		expect(await registry.resolve(commit.slice(0, 12))).toEqual({ tag: commit, digest: digest('1') });
		await expect(registry.resolve(commit.slice(0, 8))).rejects.toThrow('is the beginning of 2 tags');
		await expect(registry.resolve('0000000')).rejects.toThrow(/vowtape:0000000 is not in the registry: task/);
		await expect(registry.resolve('v1')).rejects.toThrow('v1 is not in the registry');
	});

	it('says what an image says of itself, and how much of it travels', async () => {
		const registry = await open();
		expect(await registry.describe(commit)).toEqual({
			digest: digest('1'),
			createdAt: '2026-11-21T07:00:00Z',
			description: 'people: a shorter list',
			revision: commit
		});
		expect(await registry.layers(digest('1'))).toEqual(new Map([[digest('4'), 5]]));
	});

	it('is shown name and password, or the token that it gives for them', async () => {
		const login = { user: 'me', password: 'hush' };
		const basic = await start((header) => header === `Basic ${btoa('me:hush')}`);
		expect((await new Registry(basic, login).resolve(commit)).tag).toBe(commit);
		server?.close();
		const challenge = 'Bearer realm="http://127.0.0.1:PORT/token",service="s",scope="pull"';
		const bearer = await start((header) => header === 'Bearer given', challenge);
		expect((await new Registry(bearer, login).resolve(commit)).tag).toBe(commit);
		await expect(new Registry(bearer).resolve(commit)).rejects.toThrow('does not let us in');
	});

	it('does not let a stranger in', async () => {
		const target = await start(() => false);
		const message = /does not let us in: REGISTRY_USER and REGISTRY_PASSWORD in secrets.yml/;
		await expect(new Registry(target).resolve(commit)).rejects.toThrow(message);
		await expect(new Registry(target, { user: 'a', password: 'b' }).resolve(commit)).rejects.toThrow(message);
	});

	it('is named when it is away', async () => {
		const target = await start(() => true);
		server!.close();
		await expect(new Registry(target).tags()).rejects.toThrow(
			`The registry ${target.registry} cannot be reached (ECONNREFUSED).`
		);
	});
});

describe('the list of versions', () => {
	const version = (letter: string, createdAt: string) => ({
		...{ tag: letter.repeat(40), digest: digest(letter), createdAt, description: `version ${letter}` },
		revision: ''
	});

	it('is newest first, with an arrow at what runs', () => {
		const versions = [version('a', '2026-11-20T10:00:00Z'), version('b', '2026-11-21T11:30:00Z')];
		expect(list(versions, digest('a'))).toBe(
			'  bbbbbbbbbbbb  2026-11-21 11:30  version b\n→ aaaaaaaaaaaa  2026-11-20 10:00  version a'
		);
	});

	it('says what to do when there is none', () => {
		expect(list([], undefined)).toMatch(/^Nothing was pushed yet: task app:build/);
	});
});
