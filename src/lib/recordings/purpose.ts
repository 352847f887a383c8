import type { Received } from '../kernel/files/multipart.server.ts';
import type { Right, Viewer } from '../kernel/viewer.ts';
import type { Coming, Stored } from './resumable-store.server.ts';
import type { SessionKey } from './uploads.server.ts';

/** One kind of thing that comes in pieces: who may send it, and what it becomes. */
export type Purpose = {
	/** where its uploads are, below which each has its id */
	path: string;
	right: Right;
	limitBytes(): number;
	/** Throws for what is said beside the file, before any of the file has come. */
	refuse(details: Record<string, string>): void;
	/** What this upload has become already, if anything. */
	findStored(upload: Coming): Promise<Stored | undefined>;
	/** The session must still hold. What it throws with 400, 413, 415 or 422 is final. */
	store(viewer: Viewer, received: Received, session: SessionKey): Promise<Stored>;
	addressOf(id: string): string;
};
