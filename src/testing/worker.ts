import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

// Before each test file, and before it imports settings: its worker's own database, its own folders, and nothing
// from the shell of whoever runs the tests. Files of one worker share its database, so a test makes its own wedding.
// a process may have many files
const folder = (process.env.TEST_FOLDER ??= mkdtempSync(join(tmpdir(), 'vowtape-test-')));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const database = inject('databases').replace('/vowtape?', `/worker_${process.env.VITEST_POOL_ID}?`);

for (const name of Object.keys(process.env))
	if (
		/^(MAIL|LOGIN_LIMIT|UPLOAD|X_ACCEL|WEBHOOK|METRICS|SENTRY|OTEL|S3|BACKUP|RETENTION|DATA_KEY)/.test(name)
	)
		delete process.env[name];
Object.assign(process.env, {
	ORIGIN: 'http://localhost:3000',
	DATABASE_URL: database,
	DATA_DIR: join(folder, 'data'),
	UPLOADS_DIR: join(folder, 'uploads'),
	LOG_LEVEL: 'silent',
	// a server need not stand in UTC
	TZ: 'Pacific/Auckland'
});
