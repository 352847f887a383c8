import { accessSync, constants, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { Problem } from '../lib/kernel/problem.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { refusal } from '../server.ts';
import { start } from './postgres.ts';
import { untilReady } from './ready.ts';
import { command } from './tool.ts';

type Stop = () => Promise<unknown>;
type Steps = {
	/** what has to be there before the database is touched */
	build: (signal: AbortSignal) => Promise<unknown>;
	/** answers once it listens */
	serve: () => Promise<Stop>;
};

/**
 * `npm start` and `npm run dev`: database, migrations, demo wedding, server, and what whoever started it
 * wants to know, once all of it can be used. Ends with Ctrl-C or a refusal, and then nothing of it is left running.
 */
export async function run({ build, serve }: Steps): Promise<void> {
	const stops: Stop[] = [];
	const { signal, ended } = untilSignal();
	try {
		await canListen(settings.HOST, settings.PORT);
		for (const name of ['DATA_DIR', 'UPLOADS_DIR'] as const) canWrite(name, settings[name]);
		await build(signal);

		const isEmbedded = !settings.DATABASE_URL;
		if (isEmbedded) {
			const postgres = await start({ dataDir: settings.DATA_DIR });
			stops.push(postgres.stop);
			settings.DATABASE_URL = process.env.DATABASE_URL = postgres.url;
		}
		const isDemo = isEmbedded && !settings.MAILERSEND_API_TOKEN;
		// silent, for what it prints is what we print; what goes wrong it throws
		const env = { LOG_LEVEL: 'silent' };
		const links = await command('prepare', isDemo ? ['demo'] : [], { env, signal });
		signal.throwIfAborted();

		stops.push(await serve());
		await untilReady(settings, signal);
		process.stdout.write(`Vowtape is at ${settings.ORIGIN}\n${links}`);
		await ended;
	} catch (error) {
		if (!signal.aborted) throw error;
	} finally {
		for (const stop of stops.reverse()) await stop();
	}
}

// once: a second Ctrl-C ends the process there and then
function untilSignal() {
	const controller = new AbortController();
	const ended = new Promise<void>((resolve) => {
		const end = () => (controller.abort(), resolve());
		for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, end);
		// npm passes a signal on to the shell between us and itself, and that one dies alone
		const parent = process.ppid;
		setInterval(() => process.ppid === parent || end(), 500).unref();
	});
	return { signal: controller.signal, ended };
}

function canListen(HOST: string, PORT: number): Promise<void> {
	const probe = createServer();
	return new Promise((resolve, reject) => {
		probe.once('error', (error) => reject(refusal(error, { HOST, PORT })));
		probe.listen(PORT, HOST, () => probe.close(() => resolve()));
	});
}

function canWrite(name: string, folder: string) {
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (error) {
		throw new Problem(
			`${name}: ${folder} cannot be used (${(error as Error).message}): set it to one that you may write to.`
		);
	}
}
