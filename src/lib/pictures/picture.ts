import type { Words } from '../i18n/words.ts';
import { FORMATS, type PictureFormat, WIDTHS } from '../kernel/media/picture-sizes.ts';

/** The part of a picture that is never cut off, whatever form it is shown in. In reading order. */
export const FOCUSES = [
	...(['top-left', 'top', 'top-right', 'left', 'middle', 'right'] as const),
	...(['bottom-left', 'bottom', 'bottom-right'] as const)
] as const;
export type Focus = (typeof FOCUSES)[number];

/** What a page needs to show one. */
export type Picture = {
	id: string;
	width: number;
	height: number;
	/** a WebP of a few points, in base64 */
	firstLook: string;
	focus: Focus;
	alt: Words;
};

/** That stand together, with one text. */
export const MOST_PICTURES = 12;

/** So many characters say what one shows. */
export const MOST_ALT = 300;

export const addressOf = (id: string, width: number, format: PictureFormat) =>
	`/pictures/${id}/${width}.${format}`;

/** Its sizes in one format, for a browser to choose from: "/pictures/…/480.avif 480w, …". None twice. */
export function sourceSet({ id, width }: Pick<Picture, 'id' | 'width'>, format: PictureFormat): string {
	const sizes = WIDTHS.filter((_, index) => index === 0 || WIDTHS[index - 1]! < width);
	return sizes.map((size) => `${addressOf(id, size, format)} ${Math.min(size, width)}w`).join(', ');
}

/** What `picture` offers, the smallest files first; a JPEG is what every browser takes. */
export const sources = (picture: Picture) =>
	(['avif', 'webp'] as const).map((format) => ({
		type: FORMATS[format],
		srcset: sourceSet(picture, format)
	}));
