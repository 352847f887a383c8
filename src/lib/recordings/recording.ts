import { shorten } from '../kernel/text/shorten.ts';
import { stripInvisible } from '../kernel/text/visible.ts';

/** One line of the programme, as its viewer may see it. */
export type Listed = {
	id: string;
	title: string;
	moment: string;
	speaker: string;
	durationSeconds: number;
	isHidden: boolean;
	/** until when guests wait for it; null once they need not */
	visibleFrom: Date | null;
	/** whether browsers can decode it */
	plays: boolean;
	/** of the copy that is played; null until there is one */
	playbackBytes: number | null;
	recordedOn: Date | null;
	hasCover: boolean;
	/** how far the viewer has come */
	heard: Heard | null;
	/** what the viewer's household gave, the viewer first, whose `name` is null */
	scores: { name: string | null; stars: number }[];
};

/** Where somebody stopped, and whether they once came to the end; after that it begins again, at 0. */
export type Heard = { seconds: number; isFinished: boolean };

/**
 * Where its sound is. The copy that is made of an original has an address of its own: who listens to the original
 * meanwhile goes on with that, and no browser puts bytes of both together.
 */
export const addressOf = ({ id, playbackBytes }: Pick<Listed, 'id' | 'playbackBytes'>) =>
	`/recordings/${id}/audio?v=${playbackBytes ?? ORIGINAL}`;

export const ORIGINAL = 'original';

/** What a player knows of a recording. */
export type Track = Omit<Listed, 'scores' | 'recordedOn' | 'moment' | 'isHidden' | 'visibleFrom'>;

/** As the couple looks after it. */
export type Managed = Omit<Listed, 'scores' | 'heard'> & {
	/** tags of the households that have it; none: all */
	onlyFor: string[];
	/** from 1, without gaps */
	position: number;
	/** of what the couple can type: what a change asks for, so that it overwrites no other */
	version: string;
	format: string;
	bytes: number;
	/** the earlier recording that is the same file, until the couple has said that both are wanted */
	sameAs?: { id: string; title: string } | null;
	/** of the copy that is played; guests see what is `ready` */
	state: RecordingState;
	/** of making it, 0 to 1 */
	progress: number;
	/** why it could not be made: the code of a refusal */
	failure: string | null;
	/** the file ended before its time */
	isCut: boolean;
};

export type RecordingState = 'waiting' | 'processing' | 'ready' | 'failed';

export type Neighbour = { id: string; title: string } | null;

export type Recording = Managed & {
	/** plain text, or WebVTT */
	transcript: string;
	originalName: string;
	mimeType: string;
	/** whether browsers can decode it as it is */
	plays: boolean;
	/** the loudest of each equal part, 0 to 255, in base64; null until they are known */
	peaks: string | null;
	/** of the copy that is played; null until there is one */
	playbackBytes: number | null;
	hasCover: boolean;
	/** of the couple's own picture */
	coverId: string | null;
	/** the original is a film, of which the sound is played */
	isFilm: boolean;
	previous: Neighbour;
	next: Neighbour;
};

/** Someone of the viewer's household with what they gave. */
export type OwnScore = { guestId: string; name: string; stars: number | null };

export type ResultsShown = 'never' | 'always' | 'from';

/** What the guests gave one recording: how many gave one star, two, up to five. */
export type Result = { id: string; title: string; average: number; scored: number; counts: number[] };

/** A line that a guest wrote with a recording. */
export type Comment = { guestId: string; name: string; text: string; createdAt: Date };

export type Average = { average: number; scored: number };
export type Averages = {
	/** every guest of the wedding, children too: each of them can score */
	guests: number;
	/** by recording; without an entry nobody has scored it */
	of: Record<string, Average>;
};

/** A tag of a file as a title or a name, without what a form would not let through either. */
export function fromTag(tag: string, longest: number): string {
	const clean = stripInvisible(tag.toWellFormed().replace(/[\p{Cc}\u2800]+/gu, ' ')).trim();
	return shorten(clean, longest).trim();
}

/** `toast_of_the_witnesses.final.mp3` as a title: "toast of the witnesses.final". */
export function titleFrom(fileName: string): string {
	const title = fileName
		.replace(/\.[A-Za-z0-9]{1,5}$/, '')
		.replace(/[_\s]+/g, ' ')
		.trim();
	return shorten(title, 200);
}
