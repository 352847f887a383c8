import { type ChildProcess, spawn } from 'node:child_process';
import { locate, onPath, type Program } from './programs.server.ts';

/** What one run may take at most. */
export type Limits = {
	/** by the clock, and of the processor on all its cores together */
	seconds: number;
	/** of memory, where `prlimit` can hold it to that */
	memoryMb: number;
	/** of each file that it writes */
	fileMb: number;
	/** lets pages go first */
	isPatient?: boolean;
};

type Run = {
	program: Program;
	/** what stands between the guards and the file, and what stands behind it */
	before?: string[];
	path: string;
	after: string[];
	limits: Limits;
	/** takes what it writes to its standard output; without it that is given back */
	take?: (block: Buffer) => void;
	/** kills it; then AbortError is thrown */
	signal?: AbortSignal;
};

/** `limit`: stopped because it went past its limits. `broken`: it could not make sense of the file, or fell over it. */
export class MediaFault extends Error {
	readonly kind: 'limit' | 'broken';
	readonly said: string;

	constructor(kind: MediaFault['kind'], said: string) {
		super(`${kind}: ${said.slice(-400)}`);
		this.kind = kind;
		this.said = said;
	}
}

/** Demuxers of sound and film. A playlist or a script that names other files is none of them, whatever it is called. */
const FORMATS = 'wav,w64,mp3,flac,ogg,matroska,mov,aac,aiff,caf,asf,amr,avi,mpegts';
/** No other address than files, and no other file: these demuxers open none but the one they are given. */
const GUARDS = [
	...['-hide_banner', '-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS],
	// a cover of 109 kB can unpack to three gigabytes, and is looked at wherever there is one
	...['-max_pixels', '60000000']
];

const MOST_SAID = 64 << 10;
const MOST_TOLD = 1 << 20;

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Runs ffmpeg or ffprobe on a stranger's file, without our settings, without a way out to the network, and within its
 * limits. Gives back what it told and what it `said` meanwhile. Throws MediaFault, Problem 503 when there is no such
 * program, and what the system says when no process can be started.
 */
export async function run({ program, before = [], path, after, ...rest }: Run) {
	const { limits, take, signal } = rest;
	const own = [...(program === 'ffmpeg' ? ['-nostdin'] : []), ...GUARDS, ...before, '-i', `file:${path}`];
	const [command, ...args] = await held([await locate(program), ...own, ...after], limits);
	const child = spawn(command!, args, {
		env: { LC_ALL: 'C' },
		stdio: ['ignore', 'pipe', 'pipe'],
		windowsHide: true,
		signal,
		killSignal: 'SIGKILL'
	});
	running.add(child);
	let isLate = false;
	const late = () => {
		isLate = true;
		child.kill('SIGKILL');
	};
	const timer = setTimeout(late, limits.seconds * 1000);
	const told: Buffer[] = [];
	let toldBytes = 0;
	let said = '';
	child.stdout!.on('data', (block: Buffer) => {
		if (take) return take(block);
		told.push(block);
		if ((toldBytes += block.length) > MOST_TOLD) late();
	});
	// what it says last is what counts
	child.stderr!.on('data', (block: Buffer) => (said = (said + block.toString('latin1')).slice(-MOST_SAID)));
	const { promise, resolve, reject } = Promise.withResolvers<[number | null, string | null]>();
	child.once('error', reject);
	child.once('close', (code, ended) => resolve([code, ended]));
	try {
		const [code, ended] = await promise;
		if (isLate || ended === 'SIGXCPU' || ended === 'SIGXFSZ') throw new MediaFault('limit', said);
		if (code !== 0)
			throw new MediaFault(isOfMemory(said) ? 'limit' : 'broken', said || String(ended ?? code));
		return { told: Buffer.concat(told).toString(), said };
	} finally {
		clearTimeout(timer);
		running.delete(child);
	}
}

const isOfMemory = (said: string) => /Cannot allocate memory|File too large/.test(said);

/** The command behind those that hold it, where the machine has them. */
async function held(command: string[], { seconds, memoryMb, fileMb, isPatient }: Limits): Promise<string[]> {
	const [prlimit, setpriv, nice] = await Promise.all(
		['prlimit', 'setpriv', ...(isPatient ? ['nice'] : [])].map(onPath)
	);
	const polite = nice ? [nice, '-n', '10', ...command] : command;
	if (!prlimit) return polite;
	const most = [
		`--as=${memoryMb * 2 ** 20}`,
		`--cpu=${seconds * 2}`,
		`--fsize=${fileMb * 2 ** 20}`,
		'--core=0'
	];
	// where this process is killed, nothing else would end it; busybox has a setpriv that cannot do that, and no prlimit
	const bound = setpriv ? [setpriv, '--pdeathsig', 'KILL', '--no-new-privs', ...polite] : polite;
	return [prlimit, ...most, ...bound];
}
