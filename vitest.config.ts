import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts'],
		globalSetup: './src/test-database.ts',
		setupFiles: './src/test-worker.ts',
		maxWorkers: availableParallelism()
	}
});
