import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tool.ts';
import { run } from './shell.ts';

/** A copy of the repository to make commits in; what is not committed is not rehearsed. */
export async function clone(folder: string): Promise<string> {
	const repository = join(folder, 'repository');
	await run('git', ['clone', '-q', '--no-hardlinks', root, repository]);
	symlinkSync(join(root, 'node_modules'), join(repository, 'node_modules'));
	await run('git', ['config', 'user.name', 'Rehearsal'], { cwd: repository });
	await run('git', ['config', 'user.email', 'rehearsal@localhost'], { cwd: repository });
	// a folder is ignored by git, a link of that name is not
	appendFileSync(join(repository, '.git/info/exclude'), 'node_modules\n');
	return repository;
}

/** Adds a migration, and a line to a page: the next version as it usually is. */
export function nextVersion(repository: string): Promise<string> {
	const migration = join(repository, 'prisma/migrations/29990101000000_rehearsal');
	mkdirSync(migration);
	writeFileSync(join(migration, 'migration.sql'), 'ALTER TABLE "wedding" ADD COLUMN "rehearsal" TEXT;\n');
	return commit(repository, 'rehearsal: a later version');
}

/** A version that ends as soon as it starts. */
export function brokenVersion(repository: string): Promise<string> {
	const file = join(repository, 'src/cli/serve.ts');
	const source = readFileSync(file, 'utf8');
	writeFileSync(file, source.replace('let isStopped = false;', "throw new Problem('Broken on purpose.');"));
	return commit(repository, 'rehearsal: a broken version');
}

export const head = (repository: string) => run('git', ['rev-parse', 'HEAD'], { cwd: repository });

async function commit(repository: string, subject: string): Promise<string> {
	await run('git', ['add', '--all'], { cwd: repository });
	await run('git', ['commit', '-q', '-m', subject], { cwd: repository });
	return head(repository);
}
