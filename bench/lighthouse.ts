/*
 * What Lighthouse says of the pages that guests see most, on its slow phone with its slow 4G. It is fetched by npx, for it
 * weighs more than everything else that tests need. Of a site that runs on this machine: npm start, and then
 *
 *   node bench/lighthouse.ts http://localhost:3000
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { PEOPLE, signIn } from './demo.ts';
import { say } from './measure.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const [origin = 'http://localhost:3000'] = process.argv.slice(2);
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
type Report = {
	categories: Record<(typeof CATEGORIES)[number], { score: number }>;
	audits: Record<string, { numericValue: number; score: number | null; title: string }>;
};

const options = await browser();
const chrome = await chromium.launch(options);
const context = await chrome.newContext();
await signIn(context, origin, PEOPLE.guest);
const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
await chrome.close();

const folder = mkdtempSync(join(tmpdir(), 'vowtape-bench-'));
try {
	for (const path of ['/', '/rsvp', '/recordings']) {
		const file = join(folder, 'report.json');
		const { status, stderr } = spawnSync(
			'npx',
			[
				...['--yes', LIGHTHOUSE, origin + path, '--quiet', '--output=json', `--output-path=${file}`],
				`--only-categories=${CATEGORIES.join(',')}`,
				`--chrome-flags=--headless=new ${options.args!.join(' ')}`,
				`--extra-headers=${JSON.stringify({ cookie })}`
			],
			{
				encoding: 'utf8',
				env: {
					...process.env,
					...options.env,
					CHROME_PATH: options.executablePath ?? chromium.executablePath()
				}
			}
		);
		if (status !== 0) throw new Error(stderr);
		const { categories, audits } = JSON.parse(readFileSync(file, 'utf8')) as Report;
		const score = (name: (typeof CATEGORIES)[number]) => Math.round(categories[name].score * 100);
		say({
			bench: `lighthouse ${path}`,
			...Object.fromEntries(CATEGORIES.map((name) => [name, score(name)])),
			lcpSeconds: audits['largest-contentful-paint']!.numericValue / 1000,
			cls: audits['cumulative-layout-shift']!.numericValue,
			firstLoadKb: audits['total-byte-weight']!.numericValue / 1000
		});
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
