/** The site's paper and ink (ui/theme.css), with the faces that every system has. */
export const STYLE = `
:root { color-scheme: light dark; --paper: light-dark(#fbf8f3, #1b1916); --ink: light-dark(#2b2622, #ece6dc);
	--soft: light-dark(#665d54, #b3a99c); --rule: light-dark(#e2dacd, #3a352f);
	--accent: light-dark(oklch(0.5 0.048 145), oklch(0.8 0.048 145)); accent-color: var(--accent); }
body { margin: 0; background: var(--paper); color: var(--ink);
	font: 1.125rem/1.5 'Alegreya Sans', Optima, Candara, 'Gill Sans', system-ui, sans-serif; }
main { max-width: 42rem; margin: auto; padding: clamp(2rem, 6vw, 5rem) 1.25rem; }
header { text-align: center; margin-bottom: 3rem; }
h1, h2, h3 { font-family: Fraunces, 'Iowan Old Style', Palatino, Georgia, serif; font-weight: 400; margin: 0;
	line-height: 1.2; overflow-wrap: anywhere; text-wrap: balance; }
h1 { font-size: clamp(2.25rem, 8vw, 3.5rem); }
li :is(h2, h3) { font-size: 1.5rem; }
section > h2 { margin: 3.5rem 0 1.5rem; font-size: 2rem; text-align: center; }
p { margin: 0.35rem 0; color: var(--soft); }
ol { list-style: none; margin: 0; padding: 0; }
li { padding: 1.75rem 0; border-top: 1px solid var(--rule); }
img { float: right; width: 6rem; height: 6rem; margin-inline-start: 1rem; object-fit: cover; border-radius: 3px; }
svg { clear: both; display: block; width: 100%; height: 4rem; margin: 0.75rem 0 0.5rem; }
path { fill: none; stroke: var(--accent); stroke-width: 2; }
audio { display: block; width: 100%; min-height: 2.75rem; margin-top: 0.5rem; }
a { color: var(--accent); }
@media print { audio { display: none; } li { break-inside: avoid; } }
`;
