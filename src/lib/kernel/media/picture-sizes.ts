/** So many points wide a picture is kept, for phones and screens of every kind; one that is smaller is never enlarged. */
export const WIDTHS = [480, 960, 1600] as const;

/** And in each of these, the smallest files first. */
export const FORMATS = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' } as const;

export type PictureFormat = keyof typeof FORMATS;
export type PictureCopy = `${(typeof WIDTHS)[number]}.${PictureFormat}`;

export const COPIES = WIDTHS.flatMap((width) =>
	(Object.keys(FORMATS) as PictureFormat[]).map((format): PictureCopy => `${width}.${format}`)
);

/** What the original of ours is kept as. */
export const ORIGINAL = 'jpg';

/** What a form for one takes. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif';
