import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../cli/tool.ts';
import { variables } from '../../env.ts';

const file = join(root, 'operations/swarm-stack.yml');
const stack = parse(readFileSync(file, 'utf8'));

describe('the stack for a swarm', () => {
	it('gives the site settings that it has', () => {
		expect(Object.keys(stack.services.site.environment).filter((name) => !(name in variables))).toEqual([]);
		expect(stack.services.site.env_file).toBe('.env');
	});

	it('names only volumes and networks that it makes', () => {
		const services = Object.values(stack.services) as { volumes: string[]; networks: string[] }[];
		const used = (of: 'volumes' | 'networks') =>
			new Set(services.flatMap((one) => one[of]).map((one) => one.split(':')[0]));
		expect([...used('volumes')].sort()).toEqual(Object.keys(stack.volumes).sort());
		expect([...used('networks')]).toEqual(Object.keys(stack.networks));
	});

	it('replaces one after the other, waits until it is ready, and goes back when it is not', () => {
		const { deploy, healthcheck, stop_grace_period: grace } = stack.services.site;
		expect(deploy.replicas).toBe(2);
		expect(deploy.update_config).toMatchObject({ order: 'start-first', failure_action: 'rollback' });
		expect(deploy.rollback_config.order).toBe('start-first');
		expect(stack.services.postgres.deploy.update_config.order).toBe('stop-first');
		const [, path] = /3000(\/[\w/]+)/.exec(healthcheck.test.at(-1))!;
		expect(existsSync(join(root, 'src/routes', path!, '+server.ts'))).toBe(true);
		expect(parseInt(grace)).toBeGreaterThanOrEqual(42);
	});

	it('asks whether it is ready in a way that tells yes from no', () => {
		const [, program, ...args] = stack.services.site.healthcheck.test as string[];
		const code = (script: string) => {
			try {
				execFileSync(program === 'node' ? process.execPath : program!, [args[0]!, script], {
					stdio: 'ignore'
				});
				return 0;
			} catch (error) {
				return (error as { status: number }).status;
			}
		};
		const answered = (ok: boolean) => `globalThis.fetch = async () => ({ ok: ${ok} });`;
		expect(code(answered(true) + args[1])).toBe(0);
		expect(code(answered(false) + args[1])).toBe(1);
		expect(code(`globalThis.fetch = () => Promise.reject();${args[1]}`)).toBe(1);
	});
});

const docker = (() => {
	try {
		execFileSync('docker', ['stack', 'config', '--help'], { stdio: 'ignore' });
		return true;
	} catch {
		console.warn('SKIPPED: docker is not installed, so it was not asked about swarm-stack.yml.');
		return false;
	}
})();

describe.skipIf(!docker)('docker', () => {
	const config = (env: Record<string, string>) => {
		const copy = mkdtempSync(join(tmpdir(), 'vowtape-swarm-'));
		copyFileSync(file, join(copy, 'swarm-stack.yml'));
		writeFileSync(join(copy, '.env'), 'ORIGIN=https://anna-and-ben.example\n');
		try {
			const given = { ...process.env, IMAGE: '', POSTGRES_PASSWORD: '', ...env };
			const args = ['stack', 'config', '--compose-file', join(copy, 'swarm-stack.yml')];
			return parse(execFileSync('docker', args, { env: given, encoding: 'utf8', stdio: 'pipe' }));
		} finally {
			rmSync(copy, { recursive: true });
		}
	};

	it('takes the stack, with the settings of .env', () => {
		const { services } = config({ IMAGE: 'registry.example.org/vowtape:1', POSTGRES_PASSWORD: 'word' });
		expect(services.site.image).toBe('registry.example.org/vowtape:1');
		expect(services.site.environment).toMatchObject({
			ORIGIN: 'https://anna-and-ben.example',
			DATABASE_URL: 'postgresql://vowtape:word@postgres:5432/vowtape',
			HOST: '0.0.0.0'
		});
	});

	it('asks for what is missing', () => {
		expect(() => config({ IMAGE: 'vowtape:1' })).toThrow('POSTGRES_PASSWORD');
		expect(() => config({ POSTGRES_PASSWORD: 'word' })).toThrow('the image');
	});
});
