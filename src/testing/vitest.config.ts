import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts'],
		globalSetup: './src/testing/database.ts',
		setupFiles: './src/testing/worker.ts',
		// a busy machine takes its time to start Postgres or a command
		testTimeout: 60_000,
		expect: { poll: { timeout: 10_000 } },
		hookTimeout: 60_000,
		maxWorkers: availableParallelism()
	}
});
