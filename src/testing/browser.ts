import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';

const packaged = resolve('node_modules/@sparticuz/chromium');

/** Playwright's own Chromium where it is installed, else the one that came with npm, unpacked once. */
export async function browser(): Promise<LaunchOptions> {
	const args = ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'];
	if (existsSync(chromium.executablePath())) return { args };

	const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8'));
	const folder = resolve(`node_modules/.cache/chromium-${version}`);
	if (!existsSync(folder)) await unpack(folder);
	const executablePath = join(folder, 'chromium');
	const env = { ...process.env, ...missing(folder, executablePath) } as Record<string, string>;
	const quiet = [
		'--no-first-run',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync'
	];
	return { executablePath, env, args: [...args, ...quiet] };
}

// the package unpacks into the temporary folder, where two at once would meet
async function unpack(folder: string) {
	const draft = `${folder}.${process.pid}`;
	const { TMPDIR } = process.env;
	try {
		mkdirSync(draft, { recursive: true });
		process.env.TMPDIR = draft;
		const { default: packed, inflate } = await import('@sparticuz/chromium');
		await packed.executablePath();
		await inflate(join(packaged, 'bin/al2023.tar.br'));
		renameSync(draft, folder);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		if (!existsSync(folder)) throw error;
	} finally {
		if (TMPDIR === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = TMPDIR;
	}
}

/** What a bare machine lacks and the package brings along: fonts, and the libraries of NSS. */
function missing(folder: string, executablePath: string): Record<string, string> {
	const lacks = spawnSync(executablePath, ['--version']).status !== 0;
	return {
		...(!existsSync('/etc/fonts') && { FONTCONFIG_PATH: join(folder, 'fonts') }),
		...(lacks && { LD_LIBRARY_PATH: join(folder, 'al2023/lib') })
	};
}
