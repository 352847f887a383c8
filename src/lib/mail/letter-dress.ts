import { accentOf, type Look, nameLook, type Theme, USUAL } from '../looks/look.ts';
import { PALETTES } from '../looks/palettes.ts';
import { HEADING_FACE, NAMES_FACE, SANS } from './letter-style.ts';

/** A mail program has no faces of ours: of what it may have, the one that comes closest. */
const FACES: Partial<Record<Theme, { names: string; heading: string; text?: string }>> = {
	grotesque: {
		names: "font:bold 36px/1.05 'Helvetica Neue',Helvetica,Arial,sans-serif;letter-spacing:-1px",
		heading: "font:bold 22px/1.25 'Helvetica Neue',Helvetica,Arial,sans-serif",
		text: "'Helvetica Neue',Helvetica,Arial,sans-serif"
	},
	botanical: {
		names: "font:italic 400 36px/1.15 Garamond,'Iowan Old Style','Palatino Linotype',Georgia,serif",
		heading: "font:italic 400 26px/1.25 Garamond,'Iowan Old Style','Palatino Linotype',Georgia,serif"
	},
	deco: {
		names:
			"font:400 30px/1.2 Futura,'Century Gothic','Trebuchet MS',sans-serif;letter-spacing:3px;text-transform:uppercase",
		heading:
			"font:400 20px/1.3 Futura,'Century Gothic','Trebuchet MS',sans-serif;letter-spacing:2px;text-transform:uppercase",
		text: "Futura,'Century Gothic','Trebuchet MS',Arial,sans-serif"
	},
	calligraphy: {
		names: "font:italic 400 40px/1.15 'Snell Roundhand','Apple Chancery','Palatino Linotype',Georgia,serif",
		heading: "font:italic 400 24px/1.25 'Iowan Old Style','Palatino Linotype',Georgia,serif",
		text: "'Iowan Old Style',Palatino,'Palatino Linotype',Georgia,serif"
	},
	garden: {
		names: "font:bold 32px/1.15 'Bodoni 72',Didot,Georgia,serif",
		heading: "font:bold 22px/1.25 'Bodoni 72',Didot,Georgia,serif",
		text: "'Trebuchet MS',Candara,Helvetica,Arial,sans-serif"
	}
};

/** The colours and the faces of letter-style.ts become those of the look. In styles alone: nothing that anybody wrote. */
export function dress(html: string, look: Look): string {
	if (nameLook(look) === nameLook(USUAL)) return html;
	const { light, dark } = PALETTES[look.theme];
	const { light: onLight, dark: onDark } = accentOf(look);
	const faces = FACES[look.theme];
	const swaps = new Map([
		...(faces ? [[NAMES_FACE, faces.names] as const, [HEADING_FACE, faces.heading] as const] : []),
		...(faces?.text ? [[SANS, faces.text] as const] : []),
		...(['paper', 'wash', 'ink', 'soft', 'rule'] as const).map(
			(name) => [PALETTES.paper.light[name], light[name]] as const
		),
		...(['paper', 'ink', 'soft', 'rule'] as const).map(
			(name) => [PALETTES.paper.dark[name], dark[name]] as const
		),
		...([['#526b52', onLight] as const, ['#b1c8b1', onDark] as const] as const)
	]);
	const old = new RegExp(
		[...swaps.keys()].map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
		'g'
	);
	return html.replace(/ (style|fillcolor)="[^"]*"|<style>[^<]*<\/style>/g, (style) =>
		style.replace(old, (value) => swaps.get(value)!)
	);
}
