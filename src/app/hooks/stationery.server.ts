import type { RequestEvent } from '@sveltejs/kit';
import { isHouse } from '#lib/looks/house.ts';
import { readLook, type Theme } from '#lib/looks/look.ts';
import { PALETTES } from '#lib/looks/palettes.ts';

/** The faces that every page shows at once; without this the text jumps when they come. */
const FACES: Record<Theme, RegExp> = {
	paper: /(fraunces-letters|alegreya-sans-letters-400|alegreya-sans-sc-letters-500)\./,
	grotesque: /hanken-grotesk-latin-(400|700)-normal\./,
	botanical: /(cormorant-garamond-latin-400-italic|cabin-latin-400-normal)\./,
	deco: /(poiret-one-latin-400|jost-latin-400)-normal\./,
	calligraphy: /(pinyon-script-latin-400|crimson-pro-latin-400)-normal\./,
	garden: /(yeseva-one-latin-400|karla-latin-400)-normal\./
};

/** What a page is written on, as it is once its form has done what it was sent for. */
export function find({ locals, url }: RequestEvent) {
	const look = locals.tried ?? readLook(locals.wedding?.look);
	const theme = isHouse(url.pathname) ? 'paper' : look.theme;
	const metas = (['light', 'dark'] as const).map((scheme) => {
		const { paper } = PALETTES[theme][scheme];
		return `<meta name="theme-color" content="${paper}" media="(prefers-color-scheme: ${scheme})" />`;
	});
	return {
		attribute: theme === 'paper' ? '' : ` data-look="${theme}"`,
		metas: metas.join('\n\t\t'),
		isShownAtOnce: (path: string) => FACES[theme].test(path)
	};
}
