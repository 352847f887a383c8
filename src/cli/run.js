// Plain JavaScript, so that an old Node can read this far and say what is wrong.
import module from 'node:module';
import { join } from 'node:path';

const [name, ...args] = process.argv.slice(2);
const version = process.versions.node;

if (Number(version.split('.')[0]) < 24) {
	console.error(
		`Vowtape needs Node 24 and this is ${version}: npm ci brings one on Linux and Windows, on a Mac take it from nodejs.org.`
	);
	process.exit(1);
}

function fail(error) {
	console.error(error?.name === 'Refusal' ? error.message : error);
	process.exit(1);
}

process.on('uncaughtException', fail);
module.enableCompileCache(
	process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, '../../node_modules/.cache/node')
);
try {
	const { main } = await import(`./${name}.ts`);
	await main(args);
	// some of what a command loads leaves timers behind
	process.exit();
} catch (error) {
	fail(error);
}
