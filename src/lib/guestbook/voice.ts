/** How long one may speak. */
export const LONGEST_SECONDS = 600;
/** A little more is no reason to send somebody away. */
export const REFUSED_SECONDS = LONGEST_SECONDS + 30;
/** Of one household, so that nobody fills the disk. */
export const MOST_VOICES = 100;

/** One message, as whoever hears it may see it. */
export type Voice = {
	id: string;
	speaker: string;
	/** empty once they were taken off the list */
	household: string;
	durationSeconds: number;
	isShared: boolean;
	/** the couple has heard it, and put it away */
	isKept: boolean;
	/** the couple's line, for whoever spoke; empty for everybody else */
	reply: string;
	/** why it cannot be played: the code of a refusal */
	failure: string | null;
	/** in base64; null until they are made */
	peaks: string | null;
	createdAt: Date;
	/** of the viewer's household */
	isOwn: boolean;
};

export type Heard = Voice & {
	format: string;
	mimeType: string;
	originalName: string;
	bytes: number;
	playbackBytes: number | null;
};
