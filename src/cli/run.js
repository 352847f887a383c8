// Plain JavaScript, so that an old Node can read this far, and go on with the one that npm ci brought.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import './environment.js';

const modules = join(import.meta.dirname, '../../node_modules');

const generated = ['prisma/client/client.ts', 'src/lib/i18n/compiled/messages.js'];
/** They know the domains, and may be the first that is done in a clone; others make what they need by themselves. */
const KNOWING = ['backup', 'couple', 'erase', 'export', 'import', 'links', 'restore', 'rotate-key'];

if (Number(process.versions.node.split('.')[0]) < 24) continueWithOurs();
else await run();

async function run() {
	const [name, ...args] = process.argv.slice(2);
	process.on('uncaughtException', fail);
	module.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache/node'));
	try {
		const isThere = (path) => existsSync(join(modules, '..', path));
		if (KNOWING.includes(name) && !generated.every(isThere)) await (await import('./generate.ts')).main();
		const { main } = await import(`./${name}.ts`);
		await main(args);
		// some of what a command loads leaves timers behind
		process.exit();
	} catch (error) {
		await fail(error);
	}
}

async function fail(error) {
	const [, missing] = /^Cannot find package '(.+?)'/.exec(error?.message) ?? [];
	if (missing) console.error(`${missing} is not installed: npm ci --include=dev`);
	else console.error(error?.name === 'Problem' ? await sentence(error) : error);
	process.exit(1);
}

/** What a domain refuses has its sentence in the messages, which are compiled by then. */
async function sentence(problem) {
	if (problem.code === 'refused') return problem.message;
	const say = await import('../lib/i18n/say.server.ts');
	return say.sentence(problem);
}

function continueWithOurs() {
	const ours = join(modules, '.bin/node');
	if (!existsSync(ours) || process.platform === 'win32') {
		console.error(
			`Vowtape needs Node 24 and this is ${process.versions.node}: npm ci brings one on Linux and Windows, on a Mac take it from nodejs.org.`
		);
		process.exit(1);
	}
	const child = spawn(ours, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
	// Ctrl-C reaches both by itself
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => child.kill());
	child.on('error', fail).on('exit', (code) => process.exit(code ?? 1));
}
