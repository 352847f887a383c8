/** What a recording's bytes turned out to be. */
export type Audio = {
	format: Format;
	mimeType: string;
	extension: string;
	codec: string;
	durationSeconds: number;
	/** whether Chrome, Safari and Firefox of today all decode it as it is */
	plays: boolean;
};

export const MIME_TYPES = {
	wav: 'audio/wav',
	aiff: 'audio/aiff',
	flac: 'audio/flac',
	mp3: 'audio/mpeg',
	m4a: 'audio/mp4',
	aac: 'audio/aac',
	ogg: 'audio/ogg',
	webm: 'audio/webm'
};

export type Format = keyof typeof MIME_TYPES;

/** AIFF is decoded by Safari alone, ALAC by Safari alone, ADPCM and AMR by none of the three. */
const PLAYING: Record<Format, RegExp> = {
	wav: /^(PCM|IEEE_FLOAT|ALAW|MULAW)$/,
	aiff: /^$/,
	flac: /./,
	mp3: /./,
	m4a: /^(MPEG-4\/AAC|Opus|FLAC)$/,
	aac: /./,
	ogg: /^(Vorbis I|Opus)$/,
	webm: /^(OPUS|VORBIS)$/
};

export function plays(format: Format, codec: string): boolean {
	return PLAYING[format].test(codec);
}
