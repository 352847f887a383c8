/** Of a wedding that may not store more than `quotaBytes`; what uploads were promised counts as used. */
export type Room = { usedBytes: number; quotaBytes: number; isNearlyFull: boolean };

/** An upload that waits for the rest of its file. */
export type Unfinished = {
	id: string;
	name: string;
	bytes: number;
	sentBytes: number;
	/** of the file, as its browser said; 0 where it did not */
	lastModified: number;
};

/** Whether this is the file that an upload is still waiting for: it goes on only with the same bytes. */
export function isRestOf(file: Pick<File, 'name' | 'size' | 'lastModified'>, upload: Unfinished): boolean {
	const isSameTime = !upload.lastModified || upload.lastModified === file.lastModified;
	return file.name === upload.name && file.size === upload.bytes && isSameTime;
}
