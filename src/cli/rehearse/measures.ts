import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from '../deploy/registry.ts';
import { target } from '../deploy/config.ts';
import { ENVIRONMENT } from './machine.ts';
import type { Scene } from './scene.ts';
import { run } from './shell.ts';
import type { Load } from './visitor.ts';

const MB = 1e6;

/** The numbers that the rehearsal ends with. */
export class Measures {
	readonly #scene: Scene;
	readonly #lines: string[] = [];
	readonly #moved = new Set<string>();

	constructor(scene: Scene) {
		this.#scene = scene;
	}

	/** Deploys a version; says how long it took and how much of its image a server with the one before has to pull. */
	async deploy(event: string, version: string): Promise<void> {
		const said = await this.#scene.task('deploy', version);
		const [, ready, all] = /ready after ([\d.]+) s, all done in ([\d.]+) s/.exec(said)!;
		const { machine } = this.#scene;
		const layers = await new Registry(target(ENVIRONMENT, machine.iac)).layers(this.#scene.info().digest);
		const bytes = [...layers].filter(([digest]) => !this.#moved.has(digest)).map(([, size]) => size);
		for (const digest of layers.keys()) this.#moved.add(digest);
		const moved = (bytes.reduce((sum, size) => sum + size, 0) / MB).toFixed(1);
		this.#lines.push(`${event}: ${all} s in all, container ready after ${ready} s, ${moved} MB to pull`);
	}

	/** The memory of a site that nobody asks anything. */
	async idle(): Promise<void> {
		await sleep(5000);
		const status = await this.#scene.inApp('cat', '/proc/1/status');
		const container = await this.#scene.container(this.#scene.info().colour);
		const used = await run('docker', ['stats', '--no-stream', '--format', '{{.MemUsage}}', container]);
		const resident = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024);
		this.#lines.push(`idle memory: ${resident} MB resident, ${used.split(' ')[0]} charged to the container`);
	}

	load({ asked, failures }: Load): void {
		this.#lines.push(`under load: ${asked} requests, ${failures.length} failed`);
	}

	line(text: string): void {
		this.#lines.push(text);
	}

	print(): void {
		console.log(`\n${this.#lines.join('\n')}`);
	}
}
