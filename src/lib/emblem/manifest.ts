/** How a phone shows the site that was put on its home screen (W3C, Web Application Manifest). */
type Shown = { names: string; language: string; paper: string; icon: (name: IconName) => string };
type IconName = '192.png' | '512.png' | 'maskable.png';

/** Below an icon there is room for about so many letters. */
const SHORT = 12;

export function manifestOf({ names, language, paper, icon }: Shown) {
	const [first = names] = names.split(/\s*[,(–]\s*/);
	return {
		id: '/',
		name: names,
		short_name: first.length <= SHORT ? first : first.split(/\s+/)[0]!.slice(0, SHORT),
		lang: language,
		start_url: '/',
		scope: '/',
		display: 'standalone',
		background_color: paper,
		theme_color: paper,
		icons: [
			{ src: icon('192.png'), sizes: '192x192', type: 'image/png' },
			{ src: icon('512.png'), sizes: '512x512', type: 'image/png' },
			{ src: icon('maskable.png'), sizes: '512x512', type: 'image/png', purpose: 'maskable' }
		]
	};
}
