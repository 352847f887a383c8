import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { COPIES, ORIGINAL, type PictureCopy, type PictureFormat } from './picture-sizes.ts';

type Given = {
	from: string;
	/** where the files go, under their names */
	folder: string;
	/** of ours, each way */
	mostPoints: number;
	areCopiesWanted: boolean;
};

/** `firstLook` is a picture of a few points, a WebP in base64: what is seen until the real one is there. */
export type Drawn = { width: number; height: number; firstLook: string };
type Answer = Drawn | { refused: 'too_large' | 'broken' };

// of a hostile file only these four decoders are reached, whatever it says that it is
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif']
});
// one core, and little memory: it is one picture, and pages have to be served meanwhile
sharp.concurrency(1);
sharp.cache(false);

/** 109 kB of a PNG can be 900 million points: 2.7 GB. */
const MOST_POINTS = 60e6;
const SECONDS = 20;
/** Through what is transparent. */
const PAPER = '#fbf8f3';

/** Runs in a process of its own: a stranger's file may be anything. */
export default async function draw({ from, folder, mostPoints, areCopiesWanted }: Given): Promise<Answer> {
	const original = join(folder, `original.${ORIGINAL}`);
	try {
		// of what came along with the points, sharp writes nothing unless it is asked to
		await sharp(from, { limitInputPixels: MOST_POINTS, failOn: 'error' })
			.timeout({ seconds: SECONDS })
			.autoOrient()
			.resize({ width: mostPoints, height: mostPoints, fit: 'inside', withoutEnlargement: true })
			.flatten({ background: PAPER })
			.jpeg({ quality: 90 })
			.toFile(original);
	} catch (error) {
		const isTooLarge = /pixel limit|timeout/i.test(String(error));
		return { refused: isTooLarge ? 'too_large' : 'broken' };
	}
	const { width, height } = await sharp(original).metadata();
	if (areCopiesWanted) await drawCopies(original, folder);
	return { width, height, firstLook: await drawFirstLook(original) };
}

/** The largest first, while nothing else has taken memory, and each from the file: its points would be 10 MB more. */
async function drawCopies(original: string, folder: string): Promise<void> {
	for (const copy of COPIES.toReversed()) {
		const smaller = sharp(original).resize({ width: widthOf(copy), withoutEnlargement: true });
		await write(smaller, copy).toFile(join(folder, copy));
	}
}

const widthOf = (copy: PictureCopy) => parseInt(copy);

function write(picture: Sharp, copy: PictureCopy): Sharp {
	const format = copy.split('.')[1] as PictureFormat;
	// more effort, or all of the colours, is seconds and 100 MB more for files that are hardly smaller
	if (format === 'avif') return picture.avif({ quality: 50, effort: 1, chromaSubsampling: '4:2:0' });
	return format === 'webp' ? picture.webp({ quality: 74 }) : picture.jpeg({ quality: 74, mozjpeg: true });
}

async function drawFirstLook(original: string): Promise<string> {
	const few = sharp(original).resize({ width: 24, height: 24, fit: 'inside' }).webp({ quality: 40 });
	return (await few.toBuffer()).toString('base64');
}
