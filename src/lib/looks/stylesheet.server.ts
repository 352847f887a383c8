import { digest } from '../kernel/token.ts';
import type { Accent } from './accent.ts';
import { accentOf, type Look, nameLook } from './look.ts';

const declare = ({ light, strong, dark, darkStrong }: Accent) =>
	`--accent:light-dark(${light},${dark});--accent-strong:light-dark(${strong},${darkStrong})`;

/** The couple's colour, on guests' pages and on the couple's, whose paper is another. */
export function write(look: Look): string {
	const house = `html:root{${declare(accentOf(look, 'paper'))}}`;
	return `${house}:is(html,article)[data-look='${look.theme}']{${declare(accentOf(look))}}`;
}

/** Where it is, for ever: another one is somewhere else. Nothing where the stylesheet of every page says it all. */
export function addressOf(look: Look): string | undefined {
	if (look.theme === 'paper' && !look.accent) return undefined;
	return `/looks/${nameLook(look)}.${digest(write(look)).toString('hex').slice(0, 10)}.css`;
}
