import { longDay } from '../i18n/format.ts';
import * as files from '../kernel/files/files.server.ts';
import { ORIGINAL } from '../kernel/media/picture-sizes.ts';
import { render } from '../kernel/media/render.server.ts';
import { Problem } from '../kernel/problem.ts';
import * as front from '../pictures/front.server.ts';
import type { Focus, Picture } from '../pictures/picture.ts';
import { system } from '../weddings/system.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { COLOURS, draw, type Path } from './drawing.ts';
import { answer, once, versionOf } from './kept.server.ts';

/** What messengers show beside a link, at the size they ask for. */
export const SIZE = { width: 1200, height: 630 } as const;

type Shown = { names: string; day: string; picture: Picture | null };

/** What a page says of itself to messengers: names, day and a picture, and nothing of whoever the link is for. */
export async function describe(wedding: Wedding) {
	const { names, day, ...shown } = await find(wedding);
	const origin = weddings.originOf(wedding);
	const image = `${origin}/preview/${versionOf({ names, day, ...pick(shown) })}.jpg`;
	return { names, day, image, address: `${origin}/`, ...SIZE };
}

/** Throws 404 for one that shows what is not so any more. */
export async function send(wedding: Wedding, version: string): Promise<Response> {
	const { names, day, picture } = await find(wedding);
	if (version !== versionOf({ names, day, ...pick({ picture }) })) throw new Problem(404, 'not_found');
	const bytes = await once(`preview ${wedding.id} ${version}`, () => make({ names, day, picture }));
	return answer(bytes, 'image/jpeg');
}

async function find(wedding: Wedding): Promise<Shown> {
	const { names, heldOn, language } = wedding;
	const picture = await front.find(system(wedding.id));
	return { names, day: heldOn ? longDay(heldOn, language) : '', picture };
}

const pick = ({ picture }: Pick<Shown, 'picture'>) => ({
	picture: picture && [picture.id, picture.focus],
	COLOURS
});

async function make(shown: Shown): Promise<Buffer> {
	const { picture } = shown;
	if (!picture) return render({ svg: await compose(shown, SIZE.width), ...SIZE, format: 'jpg' });
	const half = SIZE.width / 2;
	const svg = await compose(shown, half);
	return files.withLocal(picture.id, ORIGINAL, (path) =>
		render({
			...{ svg, ...SIZE, format: 'jpg' },
			photo: {
				...{ path, left: half, top: 0, width: half, height: SIZE.height },
				middle: gravityOf(picture.focus)
			}
		})
	);
}

/** As sharp calls it. */
const gravityOf = (focus: Focus) => (focus === 'middle' ? 'centre' : focus.replace('-', ' '));

/** The names over the day, in the middle of a column at the left. */
async function compose({ names, day }: Shown, width: number): Promise<string> {
	const { fit, LINE_HEIGHT } = await import('./lettering.server.ts');
	const room = { width: width - 120, height: 300, largest: 150 };
	const title = fit(names || '&', 'serif', room) ?? fit('&', 'serif', room)!;
	const below = day ? fit(day, 'sans', { width: room.width, height: 100, largest: 40 }) : null;
	const titleHeight = title.lines.length * title.size * LINE_HEIGHT;
	const belowHeight = below ? 70 + below.lines.length * below.size * LINE_HEIGHT : 0;
	let y = (SIZE.height - titleHeight - belowHeight) / 2;
	const centred = (line: { path: string; width: number }, colour: string): Path => ({
		...{ path: line.path, colour, x: (width - line.width) / 2, y }
	});
	const paths: Path[] = [];
	for (const line of title.lines) {
		y += title.size * LINE_HEIGHT;
		paths.push({ ...centred(line, COLOURS.ink), y: y - title.size * 0.26 });
	}
	if (below) {
		paths.push({ path: 'M0 0h90v2h-90z', colour: COLOURS.accent, x: (width - 90) / 2, y: y + 34 });
		y += 66;
		for (const line of below.lines) {
			y += below.size * LINE_HEIGHT;
			paths.push({ ...centred(line, COLOURS.soft), y: y - below.size * 0.2 });
		}
	}
	return draw(SIZE, paths);
}
