import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browser } from '../testing/browser.ts';

// this file is read again by each worker, which finds what the first reading chose in its environment
const { env } = process;
if (!env.E2E_FOLDER) {
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-e2e-'));
	chmodSync(folder, 0o711);
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	env.E2E_FOLDER = folder;
}

/** Journeys in a real browser at the size of a phone, against the built site; each file makes its own wedding. */
export default defineConfig({
	testDir: '.',
	globalSetup: '../testing/journeys.ts',
	outputDir: '../../test-results',
	testMatch: '*.e2e.ts',
	forbidOnly: Boolean(env.CI),
	// one more than there are cores, as with the others: a browser and its site wait a third of the time
	workers: availableParallelism() + 1,
	// a slow machine is no mistake of the site
	timeout: 60_000,
	expect: { timeout: 20_000 },
	reporter: 'dot',
	use: {
		browserName: 'chromium',
		viewport: { width: 375, height: 812 },
		hasTouch: true,
		isMobile: true,
		locale: 'en-GB',
		// it would stand between a page and what a test puts in its way; offline.e2e.ts has it
		serviceWorkers: 'block',
		timezoneId: 'Europe/Amsterdam',
		// one that is recorded costs a tenth: `--trace=retain-on-failure` for whoever looks for a mistake
		trace: 'off',
		launchOptions: await browser()
	}
});
