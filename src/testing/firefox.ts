import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect, type Engine, source } from './engine.ts';

const program = ['firefox-esr', 'firefox'].find((name) => spawnSync(name, ['--version']).status === 0);

export const isInstalled = program !== undefined;

/** Over WebDriver BiDi. */
export async function start(): Promise<Engine> {
	const profile = mkdtempSync(join(tmpdir(), 'vowtape-firefox-'));
	writeFileSync(join(profile, 'user.js'), 'user_pref("media.autoplay.default", 0);\n');
	const options = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
	const firefox = spawn(program!, [...options, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
	const send = await connect(`${await address(firefox.stderr)}/session`);
	await send('session.new', { capabilities: {} });
	const { contexts } = await send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
	const { context } = contexts[0]!;
	await send('browsingContext.setViewport', { context, viewport: { width: 375, height: 812 } });
	return {
		go: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
		async run(act, ...args) {
			const { result, exceptionDetails } = await send<{
				result: { value: string };
				exceptionDetails?: { text: string };
			}>('script.callFunction', {
				functionDeclaration: source(act, args),
				target: { context },
				awaitPromise: true
			});
			if (exceptionDetails) throw new Error(exceptionDetails.text);
			return JSON.parse(result.value);
		},
		perform: (actions) => send('input.performActions', { context, actions }),
		async close() {
			firefox.kill();
			if (firefox.exitCode === null) await once(firefox, 'exit');
			rmSync(profile, { recursive: true, force: true });
		}
	};
}

async function address(output: NodeJS.ReadableStream): Promise<string> {
	for await (const line of createInterface({ input: output })) {
		const found = /listening on (ws:\S+)/.exec(line);
		if (found) {
			output.resume();
			return found[1]!;
		}
	}
	throw new Error('Firefox ended before it could be asked anything');
}
