import { renameSync, writeFileSync } from 'node:fs';
import { encode } from 'uqr';

const [WIDTH, HEIGHT] = [640, 480];
/** Of each square of the code, in pixels; what is around it is a white card in the hand. */
const SQUARE = 8;
const [WHITE, BLACK, GREY] = [235, 16, 128];

/** A film for the camera that Chromium plays, with a card held before it; without a text, of a white wall. */
export function film(path: string, text?: string): void {
	const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
	if (text) {
		const { data, size } = encode(text, { ecc: 'M', border: 4 });
		const [left, top] = [(WIDTH - size * SQUARE) >> 1, (HEIGHT - size * SQUARE) >> 1];
		for (let y = 0; y < size * SQUARE; y++)
			for (let x = 0; x < size * SQUARE; x++)
				if (data[Math.floor(y / SQUARE)]![Math.floor(x / SQUARE)]) luma[(top + y) * WIDTH + left + x] = BLACK;
	}
	const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, GREY)]);
	const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
	// never half of one
	writeFileSync(`${path}.new`, Buffer.concat([head, frame, frame]));
	renameSync(`${path}.new`, path);
}
