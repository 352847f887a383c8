/* For both workers: which files a page and its scripts cannot do without. */

/** Those that a page names, in a header or in itself. */
self.filesIn = (text) =>
	text.match(/\/_app\/immutable\/[\w./-]+\.\w+|\/looks\/[\w.-]+\.css|\/offline\.js/g) ?? [];

/** SvelteKit asks for nodes 0 and 1, the frame and its error, with every page. */
self.importsIn = (script) => {
	const found = script.matchAll(
		/(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]|import\(["'`](\.\.\/nodes\/[01]\.[^"'`]+)["'`]\)/g
	);
	return [...found].map(([, always, node]) => always ?? node);
};
