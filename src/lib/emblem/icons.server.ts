import { render } from '../kernel/media/render.server.ts';
import { Problem } from '../kernel/problem.ts';
import type { Wedding } from '../weddings/wedding.ts';
import { COLOURS, draw, type Path } from './drawing.ts';
import { initialsOf } from './initials.ts';
import { answer, once, versionOf } from './kept.server.ts';

/** By the names of their files; of a maskable one phones cut off the corners, and all but the middle 80 %. */
const ICONS = {
	'180.png': { size: 180, share: 0.66 },
	'192.png': { size: 192, share: 0.72 },
	'512.png': { size: 512, share: 0.72 },
	'maskable.png': { size: 512, share: 0.54 }
} as const;

type Named = Pick<Wedding, 'names'>;

const versions = new Map<string, string>();

/** Says which icons these are: those of another wedding have another. Every page asks it. */
export function versionOfIcons({ names }: Named): string {
	const version = versions.get(names) ?? versionOf([initialsOf(names), COLOURS]);
	versions.set(names, version);
	return version;
}

export const addressOfIcon = (wedding: Named, name: keyof typeof ICONS) =>
	`/icons/${versionOfIcons(wedding)}/${name}`;

/** Throws 404 for those of other names. */
export async function send(wedding: Named, { version, name }: { version: string; name: string }) {
	const icon = Object.hasOwn(ICONS, name) ? ICONS[name as keyof typeof ICONS] : undefined;
	if (!icon || version !== versionOfIcons(wedding)) throw new Problem(404, 'not_found');
	const { size, share } = icon;
	const bytes = await once(`icon ${version} ${name}`, async () =>
		render({ svg: await drawIcon(wedding, share), width: size, height: size, format: 'png' })
	);
	return answer(bytes, 'image/png');
}

const SIDE = 512;

/** The initials as wide as `share` of it, and at most two thirds of that high. */
async function drawIcon({ names }: Named, share: number): Promise<string> {
	// what reads typefaces takes 25 MB, and every page asks where its icon is
	const { letter } = await import('./lettering.server.ts');
	const [one, other] = initialsOf(names).split(' & ');
	const wanted = other ? `${one}&${other}` : one || '&';
	const width = SIDE * share;
	const measured = letter(wanted, 'serif', 100) ?? letter('&', 'serif', 100)!;
	const size = Math.min((100 * width) / measured.width, width * 0.92);
	const drawn = letter(wanted, 'serif', size) ?? letter('&', 'serif', size)!;
	const path: Path = {
		path: drawn.path,
		x: (SIDE - drawn.width) / 2,
		// capitals are seven tenths of their size high
		y: SIDE / 2 + size * 0.35,
		colour: COLOURS.accent
	};
	return draw({ width: SIDE, height: SIDE }, [path]);
}
