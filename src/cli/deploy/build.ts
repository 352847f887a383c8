import { spawnSync } from 'node:child_process';
import { Problem } from '../../lib/kernel/problem.ts';
import { root } from '../tool.ts';
import { readIac } from './config.ts';

/**
 * `task app:build [-- COMMIT] [ARGUMENTS OF DOCKER BUILD]`: the image of the commit that is checked out. Layers that the
 * registry has from an earlier build are taken from there, so that they need not be moved again.
 */
export async function main(extra: string[]) {
	const { REGISTRY_NAME, IMAGE_NAME } = readIac();
	const repository = `${REGISTRY_NAME}/${IMAGE_NAME}`;
	if (git('status', '--porcelain')) throw new Problem('Commit first: an image is named after its commit.');
	const commit = checkedOut(extra[0]);
	const labels = {
		REVISION: commit,
		CREATED: new Date().toISOString(),
		DESCRIPTION: git('log', '-1', '--format=%s')
	};
	const values = Object.entries({ ...labels, BUILDKIT_INLINE_CACHE: '1' });
	docker([
		'build',
		...values.flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
		...['--cache-from', `${repository}:latest`, '--tag', `${repository}:${commit}`],
		...extra.filter((argument) => argument !== commit),
		'.'
	]);
	console.log(`${repository}:${commit}`);
}

/** The commit that is checked out, which has to be the one that was typed, if one was. */
export function checkedOut(typed = ''): string {
	const commit = git('rev-parse', 'HEAD');
	if (!/^[\da-f]{7,40}$/.test(typed) || commit === typed) return commit;
	throw new Problem(`${commit.slice(0, 7)} is checked out, not ${typed.slice(0, 7)}: git checkout ${typed}`);
}

export function git(...args: string[]): string {
	const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
	if (status !== 0) throw new Problem(`git ${args[0]}: ${stderr?.trim() || 'git is not installed'}`);
	return stdout.trim();
}

/** Shows what it does, and is a Problem when it fails. */
export function docker(args: string[]): void {
	const env = { ...process.env, DOCKER_BUILDKIT: '1' };
	const { status, error } = spawnSync('docker', args, { cwd: root, env, stdio: ['ignore', 2, 2] });
	if (error) throw new Problem('The program docker is not installed.');
	if (status !== 0) throw new Problem(`docker ${args[0]} failed: what it said stands above.`);
}
