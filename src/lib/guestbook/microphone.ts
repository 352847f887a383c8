/** In the order in which they are wanted: every phone plays the first. */
const TYPES = ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg;codecs=opus', ''];
/** So long does a recorder get to show that it records. */
const TRIAL_MS = 300;
const PATIENCE_MS = 2000;

export const BITS_PER_SECOND = 64_000;

/** Whether there is any use in asking. */
export const isThere = () => 'MediaRecorder' in globalThis && !!navigator.mediaDevices?.getUserMedia;

/**
 * The first type that this browser says it can record, and that gives bytes: some say so of one that stays empty. What is
 * recorded for it is thrown away. Undefined when there is none.
 */
export async function findType(stream: MediaStream): Promise<string | undefined> {
	for (const type of TYPES)
		if ((!type || MediaRecorder.isTypeSupported(type)) && (await givesBytes(stream, type))) return type;
	return undefined;
}

async function givesBytes(stream: MediaStream, mimeType: string): Promise<boolean> {
	let bytes = 0;
	try {
		const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
		recorder.ondataavailable = ({ data }) => (bytes += data.size);
		const ended = Promise.withResolvers<void>();
		recorder.onstop = recorder.onerror = () => ended.resolve();
		recorder.onstart = () => setTimeout(() => recorder.state === 'inactive' || recorder.stop(), TRIAL_MS);
		const patience = setTimeout(ended.resolve, PATIENCE_MS);
		recorder.start();
		await ended.promise;
		clearTimeout(patience);
		if (recorder.state !== 'inactive') recorder.stop();
	} catch {
		return false;
	}
	return bytes > 0;
}

/** How loud it is just now, 0 to 1. */
export function listen(stream: MediaStream): { level: () => number; close: () => void } {
	const context = new AudioContext();
	const analyser = context.createAnalyser();
	analyser.fftSize = 1024;
	context.createMediaStreamSource(stream).connect(analyser);
	const samples = new Float32Array(analyser.fftSize);
	return {
		level() {
			analyser.getFloatTimeDomainData(samples);
			const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
			// -60 dB is nothing, -10 dB as loud as anybody speaks
			return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 60) / 50));
		},
		close: () => void context.close().catch(() => {})
	};
}
