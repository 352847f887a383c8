import sharp from 'sharp';

/** Soft hills in the colours of paper and sage, a pale sun in the haze, and two small trees that stand together. */
const [WIDTH, HEIGHT] = [2400, 1500];

const HILLS = [
	{ top: 690, height: 70, length: 1900, phase: 0.4, colour: '#dcdccb' },
	{ top: 780, height: 95, length: 1350, phase: 2.1, colour: '#c9cfb9' },
	{ top: 910, height: 80, length: 1700, phase: 4.4, colour: '#b0bba1' },
	{ top: 1040, height: 105, length: 1500, phase: 0.9, colour: '#95a489' },
	{ top: 1210, height: 90, length: 2100, phase: 3.2, colour: '#788a70' },
	{ top: 1370, height: 70, length: 1600, phase: 5.3, colour: '#5d7059' }
];
type Hill = (typeof HILLS)[number];

/** Two waves, so that none looks like a wave. */
function heightAt({ top, height, length, phase }: Hill, x: number): number {
	const turn = (2 * Math.PI * x) / length + phase;
	return top - height * Math.sin(turn) - height * 0.35 * Math.sin(2.3 * turn + phase);
}

function drawHill(hill: Hill): string {
	const ridge = Array.from({ length: WIDTH / 20 + 1 }, (_, n) => `${n * 20},${heightAt(hill, n * 20)}`);
	return `<polygon points="${ridge.join(' ')} ${WIDTH},${HEIGHT} 0,${HEIGHT}" fill="${hill.colour}"/>`;
}

function drawTree(x: number, size: number): string {
	const foot = heightAt(HILLS[4]!, x) + 6;
	const crown = foot - size * 1.55;
	return `<rect x="${x - size * 0.05}" y="${crown}" width="${size * 0.1}" height="${foot - crown}" fill="#4c4a3d"/>
		<ellipse cx="${x}" cy="${crown}" rx="${size * 0.48}" ry="${size * 0.72}" fill="#4f634d"/>
		<ellipse cx="${x - size * 0.1}" cy="${crown - size * 0.12}" rx="${size * 0.3}" ry="${size * 0.5}" fill="#5c7058"/>`;
}

/** Writes it as a JPEG, as a camera would. */
export async function draw(to: string): Promise<void> {
	const haze = `<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#f1ebe0"/>
		<stop offset="0.6" stop-color="#faf3e6"/></linearGradient>`;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs>${haze}</defs>
		<rect width="100%" height="100%" fill="url(#sky)"/>
		<circle cx="820" cy="560" r="120" fill="#f3d9b8"/><circle cx="820" cy="560" r="92" fill="#f5dfc3"/>
		${HILLS.slice(0, 5).map(drawHill).join('')}
		${drawTree(1490, 150)}${drawTree(1588, 118)}
		${drawHill(HILLS[5]!)}</svg>`;
	const noise = { type: 'gaussian', mean: 128, sigma: 9 } as const;
	// as if it were printed on paper
	const grain = await sharp({
		create: { width: WIDTH, height: HEIGHT, channels: 3, background: 'grey', noise }
	})
		.blur(0.6)
		.png()
		.toBuffer();
	const drawn = sharp(Buffer.from(svg)).composite([{ input: grain, blend: 'soft-light' }]);
	await drawn.flatten().jpeg({ quality: 90 }).toFile(to);
}

export const details = {
	focus: 'middle',
	alt: {
		en: 'Soft green hills in the morning haze, and two trees side by side',
		nl: 'Zachte groene heuvels in de ochtendnevel, en twee bomen naast elkaar'
	}
} as const;
