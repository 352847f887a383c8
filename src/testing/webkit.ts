import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { type Engine, source } from './engine.ts';
import { freePort } from './free-port.ts';
import { answers, end } from './processes.ts';

const binary = globSync('/usr/lib/*/webkit2gtk-4.1/MiniBrowser')[0];

export const isInstalled =
	binary !== undefined &&
	!spawnSync('WebKitWebDriver', ['--version']).error &&
	!spawnSync('Xvfb', ['-help']).error;

/** Debian's WebKitGTK, which is near Safari, over WebDriver on a screen that nobody sees. */
export async function start(): Promise<Engine> {
	const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
		stdio: ['ignore', 'pipe', 'ignore']
	});
	const [display] = await once(screen.stdout, 'data');
	const port = await freePort();
	const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
		env: {
			...process.env,
			DISPLAY: `:${String(display).trim()}`,
			WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1'
		},
		stdio: 'ignore'
	});
	const url = `http://127.0.0.1:${port}`;
	await answers(`${url}/status`, driver);
	const session = await send<{ sessionId: string }>(`${url}/session`, {
		capabilities: {
			alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation', '--geometry=500x900'] } }
		}
	});
	const here = `${url}/session/${session.sessionId}`;
	return {
		go: (url) => send(`${here}/url`, { url }),
		run: async (act, ...args) =>
			JSON.parse(await send(`${here}/execute/sync`, { script: `return (${source(act, args)})()`, args: [] })),
		perform: (actions) => send(`${here}/actions`, { actions }),
		async close() {
			await fetch(here, { method: 'DELETE' });
			for (const child of [driver, screen] satisfies ChildProcess[]) await end(child);
		}
	};
}

async function send<Result>(url: string, body: object): Promise<Result> {
	const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
	const { value } = (await answer.json()) as { value: Result & { error?: string; message?: string } };
	if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
	return value;
}
