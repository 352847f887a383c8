import { m } from '../i18n/compiled/messages.js';

/** What a stationer would lay on the table, beside the colour of the theme. */
export const COLORS = [
	{ value: '#526b52', label: m.look_color_sage },
	{ value: '#2f5d62', label: m.look_color_sea },
	{ value: '#33518a', label: m.look_color_cornflower },
	{ value: '#6b3d6e', label: m.look_color_plum },
	{ value: '#9c3d54', label: m.look_color_rose },
	{ value: '#b04a2f', label: m.look_color_terracotta },
	{ value: '#80611a', label: m.look_color_ochre }
];
