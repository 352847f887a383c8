import { join } from 'node:path';
import sharp from 'sharp';
import * as files from '../../lib/kernel/files/files.server.ts';
import type { Viewer } from '../../lib/kernel/viewer.ts';
import * as attached from '../../lib/pictures/attached.server.ts';

/** Drawings in the colours of paper and sage, as JPEGs. */
const [WIDTH, HEIGHT] = [1500, 1000];

/** The farm where guests sleep: a long roof, a lit window, poplars in the evening. */
const farm = `<rect width="100%" height="100%" fill="#f3e7d6"/>
	<circle cx="1160" cy="470" r="90" fill="#f3d3ae"/>
	<path d="M0 640 Q400 560 800 620 T1500 590 V1000 H0Z" fill="#b9c2a8"/>
	${[1010, 1090, 1170, 1250].map((x, n) => `<ellipse cx="${x}" cy="${500 - n * 8}" rx="26" ry="${150 + n * 9}" fill="#5c7058"/>`).join('')}
	<rect x="260" y="520" width="620" height="230" fill="#d9b99b"/>
	<path d="M200 540 L330 320 H810 L940 540Z" fill="#8a5a44"/>
	<rect x="700" y="250" width="46" height="120" fill="#79503d"/>
	${[330, 450, 740].map((x) => `<rect x="${x}" y="600" width="66" height="82" fill="#f6dc9a" stroke="#fbf8f3" stroke-width="9"/>`).join('')}
	<path d="M580 750 V610 a48 48 0 0 1 96 0 V750Z" fill="#5f4436"/>
	<path d="M0 760 Q500 690 1000 760 T1500 740 V1000 H0Z" fill="#8fa083"/>
	<path d="M560 1000 Q600 860 628 750 H640 Q700 870 800 1000Z" fill="#e4d8c2"/>`;

/** A young pear tree with more pears than it could carry. */
const pearTree = `<rect width="100%" height="100%" fill="#f4efe4"/>
	<ellipse cx="750" cy="890" rx="420" ry="46" fill="#c9cfb9"/>
	<path d="M735 890 Q742 640 720 480 L760 470 Q770 660 772 890Z" fill="#6d5640"/>
	${[
		[750, 330, 260, 230],
		[590, 430, 170, 140],
		[915, 420, 175, 150]
	]
		.map(([x, y, rx, ry]) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="#7f9574"/>`)
		.join('')}
	${[
		[640, 300],
		[760, 230],
		[860, 330],
		[720, 420],
		[560, 440],
		[960, 440],
		[830, 500]
	]
		.map(
			([x, y]) =>
				`<path d="M${x} ${y} q-34 52 -26 84 q26 36 52 0 q8 -32 -26 -84Z" fill="#d9b45b"/><path d="M${x} ${y} v-24" stroke="#6d5640" stroke-width="6"/>`
		)
		.join('')}`;

const DRAWINGS = { farm, pearTree };

/** Draws one and puts it where it belongs. */
export async function keepDrawing(
	viewer: Viewer,
	of: Parameters<typeof attached.put>[1],
	name: keyof typeof DRAWINGS,
	alt = {}
): Promise<void> {
	const path = join(await files.incomingDir(), `demo-${name}.jpg`);
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${DRAWINGS[name]}</svg>`;
	await sharp(Buffer.from(svg)).flatten().jpeg({ quality: 88 }).toFile(path);
	await attached.put(viewer, of, { path, alt }, async () => {});
	await files.discard(path);
}
