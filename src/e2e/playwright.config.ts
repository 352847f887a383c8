import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browser } from '../testing/browser.ts';
import { freePort } from '../testing/free-port.ts';

// this file is read again by each worker, which finds what the first reading chose in its environment
const { env } = process;
if (!env.E2E_FOLDER) {
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-e2e-'));
	chmodSync(folder, 0o711);
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	Object.assign(env, { E2E_FOLDER: folder, E2E_PORT: String(await freePort()) });
}
const origin = `http://localhost:${env.E2E_PORT}`;

/** Journeys in a real browser at the size of a phone, against the built site with a demo wedding of its own. */
export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results',
	testMatch: '*.e2e.ts',
	forbidOnly: Boolean(env.CI),
	workers: 2,
	// a slow machine is no mistake of the site
	timeout: 60_000,
	expect: { timeout: 20_000 },
	reporter: 'dot',
	use: {
		baseURL: origin,
		browserName: 'chromium',
		viewport: { width: 375, height: 812 },
		hasTouch: true,
		isMobile: true,
		locale: 'en-GB',
		timezoneId: 'Europe/Amsterdam',
		trace: 'retain-on-failure',
		launchOptions: await browser()
	},
	webServer: {
		command: 'node src/cli/run.js start',
		cwd: '../..',
		url: `${origin}/health/live`,
		timeout: 180_000,
		gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
		// an empty setting is one that is not set, whatever the shell says
		env: {
			PORT: env.E2E_PORT!,
			DATA_DIR: join(env.E2E_FOLDER!, 'data'),
			UPLOADS_DIR: join(env.E2E_FOLDER!, 'uploads'),
			LOGIN_LIMIT_ADDRESS: '10000',
			LOGIN_LIMIT_NETWORK: '10000',
			TZ: 'Pacific/Auckland',
			...Object.fromEntries(
				['NODE_ENV', 'ORIGIN', 'HOST', 'DATABASE_URL', 'MAILERSEND_API_TOKEN', 'UPLOAD_LIMIT'].map((name) => [
					name,
					''
				])
			)
		}
	}
});
