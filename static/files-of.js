/* For both workers. */

/** Those that a page names, in a header or in itself. */
self.filesIn = (text) =>
	text.match(/\/_app\/immutable\/[\w./-]+\.\w+|\/looks\/[\w.-]+\.css|\/(?:offline|answer)\.js/g) ?? [];
