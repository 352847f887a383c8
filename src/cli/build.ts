import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, root } from './tool.ts';

const FOLDERS = ['src', 'static'];
const FILES = [
	'package-lock.json',
	'package.json',
	'paraglide.config.ts',
	'prisma/schema.prisma',
	'project.inlang/settings.json',
	'vite.config.ts'
];
const GENERATED = ['prisma/client/client.ts', 'src/lib/i18n/compiled/messages.js', 'build/handler.js'];
const NOT_BUILT = /\.(test|e2e)\.ts$|^src[\\/](cli|e2e|lib[\\/]i18n[\\/]compiled)[\\/]/;

const stamp = join(root, 'build/.stamp');

/** Builds the site unless what it is made of is still the same as the last time. */
export async function build(signal?: AbortSignal): Promise<void> {
	const now = fingerprint();
	const isThere = [stamp, ...GENERATED].every((file) => existsSync(join(root, file.replace(root, ''))));
	if (isThere && readFileSync(stamp, 'utf8') === now) return;
	console.error('Building …');
	// settings are read while building too, and there is no public address yet
	await command('bundle', [], { env: { NODE_ENV: 'production', LOCAL: '1' }, signal });
	writeFileSync(stamp, now);
}

function fingerprint(): string {
	const hash = createHash('sha256').update(process.version);
	const inputs = FOLDERS.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
	);
	for (const file of [...FILES, ...inputs.sort()]) {
		if (NOT_BUILT.test(file) || !statSync(join(root, file)).isFile()) continue;
		hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
	}
	return hash.digest('hex');
}

export const main = () => build();
