import { type Limits, MediaFault, run } from './run.server.ts';
import { Peaks } from './peaks.ts';

/** 16 bits of one channel: enough to see how loud it is, and its number of samples is the exact length. */
const LOOK_HERTZ = 8000;

/** EBU R 128 is -23 LUFS for television; streaming services and phones have settled on this. */
const TARGET_LUFS = -16;
/** What is nearly silent stays so, or its hiss would be all that one hears. */
const MOST_GAIN_DB = 24;

/** An hour is done in one minute, a day of sound in half an hour; what takes longer than that is refused. */
const LIMITS: Limits = { seconds: 3600, memoryMb: 2048, fileMb: 4096, isPatient: true };

type Meanwhile = {
	/** told now and then how many seconds of the sound are behind */
	tell?: (seconds: number) => void;
	signal?: AbortSignal;
};

export type Measured = { seconds: number; peaks: Buffer; loudness: number };

/**
 * Decodes the sound to its end, or as far as it goes: how long it is, how loud (LUFS; -70 is silence), and its peaks.
 * Throws MediaFault, also when there is not one sample.
 */
export async function measure(path: string, { tell, signal }: Meanwhile = {}): Promise<Measured> {
	const peaks = new Peaks(LOOK_HERTZ / 100);
	const { said } = await run({
		program: 'ffmpeg',
		before: ['-v', 'info', '-nostats', '-vn', '-sn', '-dn'],
		path,
		after: [
			'-filter_complex',
			`[0:a:0]asplit[whole][look];
			[whole]aformat=sample_rates=48000:channel_layouts=stereo,ebur128=framelog=verbose[measured];
			[look]aformat=sample_fmts=s16:sample_rates=${LOOK_HERTZ}:channel_layouts=mono[small]`,
			...['-map', '[measured]', '-f', 'null', '-'],
			...['-map', '[small]', '-f', 's16le', 'pipe:1']
		],
		limits: LIMITS,
		take(block) {
			peaks.add(block);
			tell?.(peaks.samples / LOOK_HERTZ);
		},
		signal
	});
	if (peaks.samples === 0) throw new MediaFault('broken', said);
	// the last one is the summary
	const [, loudness] = [...said.matchAll(/I:\s+(-?[\d.]+|-inf) LUFS/g)].at(-1) ?? [];
	const seconds = peaks.samples / LOOK_HERTZ;
	return { seconds, peaks: peaks.finish(), loudness: Math.max(-70, Number(loudness) || -70) };
}

/**
 * Writes what phones play, made as loud as all others: one gain for the whole and a limiter, so that nothing pumps.
 * AAC in MP4, for it is the one form that Safari, Chrome and Firefox play and seek in, also on a phone of ten years ago.
 */
export async function encode(
	from: string,
	to: string,
	{ loudness, channels }: { loudness: number; channels: number },
	{ tell, signal }: Meanwhile = {}
): Promise<void> {
	const gain = loudness <= -70 ? 0 : Math.min(MOST_GAIN_DB, TARGET_LUFS - loudness);
	const [layout, rate] = channels === 1 ? ['mono', '80k'] : ['stereo', '128k'];
	await run({
		program: 'ffmpeg',
		before: ['-v', 'error', '-nostats', '-progress', 'pipe:1', '-y', '-vn', '-sn', '-dn'],
		path: from,
		after: [
			...['-map', '0:a:0', '-map_metadata', '-1', '-map_chapters', '-1', '-af'],
			`aformat=sample_rates=48000:channel_layouts=${layout},volume=${gain.toFixed(2)}dB,alimiter=limit=0.84:level=disabled`,
			// the fast one takes half the time, and nobody hears it at this rate
			...['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', rate],
			...['-movflags', '+faststart', '-f', 'mp4', `file:${to}`]
		],
		limits: LIMITS,
		take(block) {
			const [, microseconds] = /out_time_us=(\d+)/.exec(block.toString('latin1')) ?? [];
			if (microseconds) tell?.(Number(microseconds) / 1e6);
		},
		signal
	});
}

/** The cover as a JPEG of at most 1,200 points each way, without what its maker wrote into it. Throws MediaFault. */
export async function cover(from: string, to: string, stream: number, signal?: AbortSignal): Promise<void> {
	await run({
		program: 'ffmpeg',
		before: ['-v', 'error', '-y'],
		path: from,
		after: [
			...['-map', `0:${stream}`, '-frames:v', '1', '-map_metadata', '-1', '-an'],
			...['-vf', "scale='min(1200,iw)':'min(1200,ih)':force_original_aspect_ratio=decrease"],
			...['-pix_fmt', 'yuvj420p', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', `file:${to}`]
		],
		limits: { seconds: 60, memoryMb: 1024, fileMb: 8, isPatient: true },
		signal
	});
}
