import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { stringify } from 'yaml';
import { Problem } from '../lib/kernel/problem.ts';
import { seal } from './deploy/seal.ts';
import { clone } from './rehearse/commits.ts';
import { buildArguments, provide, Unavailable } from './rehearse/images.ts';
import { ENVIRONMENT, startMachine } from './rehearse/machine.ts';
import { play } from './rehearse/play.ts';
import { Scene } from './rehearse/scene.ts';
import { attempt, has } from './rehearse/shell.ts';

const TOOLS = ['docker', 'docker-registry', 'nginx', 'sshd', 'ssh', 'ssh-keygen', 'openssl', 'git', 'flock'];

const SECRETS = {
	POSTGRES_PASSWORD: 'a $trange "one" #1',
	MAILERSEND_API_TOKEN: 'mlsn.rehearsal',
	MAIL_FROM: 'us@wedding.test',
	LOGIN_LIMIT_NETWORK: '10000'
};

/**
 * `task rehearse`: the life of an install on this machine, with the real tools: deploys, a broken one, a rollback,
 * a backup and its restore. Everything is in a temporary folder and on free ports, and gone afterwards.
 */
export async function main() {
	const missing = await findMissing();
	if (missing) return skip(missing);
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-rehearse-'));
	const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
	const say = (line: string) => console.log(`     ${line}`);
	const clear = async () => {
		for (const step of undo.splice(0).reverse()) await step();
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void clear().finally(() => process.exit(1)));
	try {
		const made = await provide(say);
		if (made.length > 0) undo.push(() => attempt('docker', ['rmi', ...made]));
		const machine = await startMachine(folder);
		undo.push(machine.stop);
		undo.push(() => clearDocker(machine.iac.REGISTRY_NAME));
		const key = await generateIdentity();
		const config = join(folder, 'config');
		const recipient = await identityToRecipient(key);
		const sealed = await seal({ [ENVIRONMENT]: { ...SECRETS, BACKUP_RECIPIENT: recipient } }, recipient);
		writeFileSync(join(config, 'iac.yml'), stringify(machine.iac));
		writeFileSync(join(config, 'secrets.yml'), sealed);
		const repository = await clone(folder);
		const env = { ...process.env, PATH: await pathWithBuilder(), DEPLOY_FOLDER: config, SOPS_AGE_KEY: key };
		const scene = new Scene(machine, repository, env, key);
		await play(scene, await buildArguments(folder));
		if (scene.failed > 0)
			throw new Problem(`The rehearsal failed: ${scene.failed} of the facts above are not true.`);
	} catch (error) {
		if (!(error instanceof Unavailable)) throw error;
		skip(error.message);
	} finally {
		await clear();
	}
}

const skip = (reason: string) => console.log(`SKIPPED: ${reason}, so no deploy was rehearsed.`);

async function findMissing(): Promise<string | undefined> {
	const tool = TOOLS.find((name) => !has(name));
	if (tool) return `${tool} is not installed`;
	const compose = await attempt('docker', ['compose', 'version']);
	if (compose.code !== 0 && !has('docker-compose')) return 'docker compose is not installed';
	return (await attempt('docker', ['version'])).code === 0 ? undefined : 'no Docker Engine answers';
}

/** Debian's own docker has BuildKit inside, others need buildx beside them. */
async function pathWithBuilder(): Promise<string> {
	const { code } = await attempt('docker', ['buildx', 'version']);
	return code === 0 ? process.env.PATH! : `/usr/bin:${process.env.PATH}`;
}

/** Containers, volumes, networks and images of the rehearsal, and nothing of anybody else. */
async function clearDocker(registry: string): Promise<void> {
	const label = `label=com.docker.compose.project=vowtape-${ENVIRONMENT}`;
	for (const [list, remove] of [
		[
			['ps', '-aq', '--filter', label],
			['rm', '-f']
		],
		[
			['volume', 'ls', '-q', '--filter', label],
			['volume', 'rm']
		],
		[
			['network', 'ls', '-q', '--filter', label],
			['network', 'rm']
		],
		[
			['images', '-q', '--filter', `reference=${registry}/vowtape`],
			['rmi', '-f']
		]
	] as const) {
		const { output } = await attempt('docker', [...list]);
		if (output) await attempt('docker', [...remove, ...new Set(output.split('\n'))]);
	}
}
