/*
 * What Lighthouse says of the pages that guests see most, on its slow phone with its slow 4G: of the demo wedding, behind
 * nginx as a server has it. Lighthouse is fetched by npx, for it weighs more than everything else that tests need.
 *
 *   node bench/lighthouse.ts
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { freePort } from '../src/testing/free-port.ts';
import { startNginx } from '../src/testing/nginx-stage.ts';
import { answers, end } from '../src/testing/processes.ts';
import { PEOPLE, signIn } from './demo.ts';
import { say } from './measure.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
type Report = {
	categories: Record<(typeof CATEGORIES)[number], { score: number }>;
	audits: Record<string, { numericValue: number; score: number | null; title: string }>;
};

const folder = mkdtempSync(join(tmpdir(), 'vowtape-bench-'));
const port = await freePort();
const listen = { http: await freePort(), https: await freePort() };
const origin = `https://localhost:${listen.https}`;
const env = {
	...{ ORIGIN: origin, PORT: String(port), LOCAL: '1', ADDRESS_HEADER: 'x-real-ip' },
	...{ DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') }
};
const site = spawn(process.execPath, ['src/cli/run.js', 'start'], {
	env: { ...process.env, ...env },
	stdio: 'ignore'
});
await answers(`http://127.0.0.1:${port}/health/ready`, site);
const nginx = await startNginx('localhost', [port], { listen });

const options = await browser();
const chrome = await chromium.launch(options);
const context = await chrome.newContext({ ignoreHTTPSErrors: true });
await signIn(context, origin, PEOPLE.guest);
const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
await chrome.close();

/** One page as a guest opens it for the first time. */
function look(path: string): Report {
	const file = join(folder, 'report.json');
	const args = [
		...['--yes', LIGHTHOUSE, origin + path, '--quiet', '--output=json', `--output-path=${file}`],
		`--only-categories=${CATEGORIES.join(',')}`,
		`--chrome-flags=--headless=new --ignore-certificate-errors ${options.args!.join(' ')}`,
		`--extra-headers=${JSON.stringify({ cookie })}`
	];
	const CHROME_PATH = options.executablePath ?? chromium.executablePath();
	const { status, stderr } = spawnSync('npx', args, {
		encoding: 'utf8',
		env: { ...process.env, ...options.env, CHROME_PATH }
	});
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

try {
	for (const path of ['/', '/rsvp', '/recordings']) {
		const { categories, audits } = look(path);
		const scores = CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)]);
		say({
			bench: `lighthouse ${path}`,
			...(Object.fromEntries(scores) as Record<string, number>),
			lcpSeconds: audits['largest-contentful-paint']!.numericValue / 1000,
			cls: audits['cumulative-layout-shift']!.numericValue,
			firstLoadKb: audits['total-byte-weight']!.numericValue / 1000
		});
	}
} finally {
	await nginx.stop();
	await end(site);
	rmSync(folder, { recursive: true, force: true });
}
