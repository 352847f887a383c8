import sharp, { type Sharp } from 'sharp';

type Given = {
	/** drawn by ourselves */
	svg: string;
	width: number;
	height: number;
	format: 'png' | 'jpg';
	/** a picture of ours, and where in the drawing it goes; `middle` is the part that is never cut off */
	photo?: { path: string; left: number; top: number; width: number; height: number; middle: string };
};

sharp.concurrency(1);
sharp.cache(false);

/** In base64. In a process of its own: what draws takes 60 MB, and a core for a moment. */
export default async function render({ svg, photo, width, height, format }: Given): Promise<string> {
	let drawing = sharp(Buffer.from(svg), { density: 72 }).resize({ width, height, fit: 'fill' });
	if (photo) {
		const { path, left, top, middle, ...size } = photo;
		const input = await sharp(path)
			.resize({ ...size, fit: 'cover', position: middle })
			.toBuffer();
		drawing = drawing.composite([{ input, left, top }]);
	}
	return (await write(drawing, format).toBuffer()).toString('base64');
}

function write(drawing: Sharp, format: Given['format']): Sharp {
	return format === 'png'
		? drawing.png({ palette: true, colours: 64 })
		: drawing.flatten({ background: '#fff' }).jpeg({ quality: 82, mozjpeg: true });
}
