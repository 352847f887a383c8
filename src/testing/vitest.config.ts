import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { together } from './messages.ts';

/** Whoever runs the install, or has settings, domains, jobs or modules of its own, runs in a process of its own. */
const ownHouse =
	/\bvi\.(mock|resetModules|stubEnv)|process\.env\b|\bfurnish\(|\b(jobs\.start|jobs\.stop|eachStore|startBucketServer|makeRuns)\(/;
const shared = globSync('src/{app,lib,routes}/**/*.test.ts').filter(
	(file) => !ownHouse.test(readFileSync(file, 'utf8'))
);

export default defineConfig({
	plugins: [together],
	test: {
		globalSetup: './src/testing/database.ts',
		setupFiles: './src/testing/worker.ts',
		// a busy machine takes its time to start Postgres or a command
		testTimeout: 60_000,
		expect: { poll: { timeout: 10_000 } },
		hookTimeout: 60_000,
		// one more than there are cores: some tests wait for a process that was killed
		maxWorkers: availableParallelism() + 1,
		projects: [
			{ extends: true, test: { name: 'own', include: ['src/**/*.test.ts'], exclude: shared } },
			// what they import is loaded once for all of them, which takes longer than most of their tests
			{ extends: true, test: { name: 'shared', include: shared, isolate: false } }
		]
	}
});
