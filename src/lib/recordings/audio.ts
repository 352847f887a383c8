/** What files are called that have sound, and what browsers are told that they are. */
export const MIME_TYPES = {
	wav: 'audio/wav',
	w64: 'audio/x-w64',
	aiff: 'audio/aiff',
	caf: 'audio/x-caf',
	flac: 'audio/flac',
	mp3: 'audio/mpeg',
	mp2: 'audio/mpeg',
	m4a: 'audio/mp4',
	qta: 'audio/quicktime',
	'3gp': 'audio/3gpp',
	amr: 'audio/amr',
	aac: 'audio/aac',
	ogg: 'audio/ogg',
	webm: 'audio/webm',
	mka: 'audio/x-matroska',
	wma: 'audio/x-ms-wma',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	mkv: 'video/x-matroska',
	wmv: 'video/x-ms-wmv',
	ogv: 'video/ogg',
	avi: 'video/x-msvideo',
	ts: 'video/mp2t'
};

export type Format = keyof typeof MIME_TYPES;

/** What Chrome, Safari and Firefox of today all decode as it is, by the name that ffmpeg has for it. */
const PLAYING: Partial<Record<Format, RegExp>> = {
	wav: /^pcm_(u8|s16le|s24le|s32le|f32le|alaw|mulaw)$/,
	flac: /./,
	mp3: /./,
	m4a: /^(aac|opus|flac)$/,
	aac: /./,
	ogg: /^(vorbis|opus)$/,
	webm: /^(opus|vorbis)$/
};

export function plays(format: Format, codec: string): boolean {
	return PLAYING[format]?.test(codec) ?? false;
}

type Said = { demuxer: string; brand: string; codec: string; film?: string };

/** The format of what ffprobe has found; undefined for one that is none of ours. */
export function formatOf({ demuxer, brand, codec, film }: Said): Format | undefined {
	switch (demuxer.split(',')[0]) {
		case 'mov':
			if (film) return brand === 'qt' ? 'mov' : 'mp4';
			if (brand === 'qt') return 'qta';
			return brand.startsWith('3g') ? '3gp' : 'm4a';
		case 'matroska':
			if (/^(opus|vorbis)$/.test(codec) && (!film || /^(vp8|vp9|av1)$/.test(film))) return 'webm';
			return film ? 'mkv' : 'mka';
		case 'asf':
			return film ? 'wmv' : 'wma';
		case 'ogg':
			return film ? 'ogv' : 'ogg';
		case 'mpegts':
			return 'ts';
		case 'mp3':
			return codec === 'mp2' ? 'mp2' : 'mp3';
		case 'wav':
		case 'w64':
		case 'aiff':
		case 'caf':
		case 'flac':
		case 'aac':
		case 'amr':
		case 'avi':
			return demuxer as Format;
	}
}

/** What a file begins with that is never sound, however it is called: programs, archives, pictures. */
const OTHER = [
	...['MZ', '\x7fELF', '\xce\xfa\xed\xfe', '\xcf\xfa\xed\xfe', '\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf'],
	...['\xca\xfe\xba\xbe', 'PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh'],
	...['%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8']
];
/** Pages and drawings, also in UTF-16, which is then without its zeros; scripts; playlists, which name other files. */
const OTHER_TEXT = /^\s*(<|#!(?!AMR)|#EXTM3U|ffconcat|\[playlist\])/;
const TEXT = /^[\t\n\r -~]+$/;
const BYTE_ORDER_MARK = /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;

/** Of the first bytes, as Latin-1: also plain text is something else. */
export function isOther(start: string): boolean {
	const text = start.replace(BYTE_ORDER_MARK, '').replaceAll('\0', '');
	return TEXT.test(start) || OTHER_TEXT.test(text) || OTHER.some((other) => start.startsWith(other));
}
