type Here = { url: { pathname: string }; data: { viewer?: { role: string } } };

/** Where one is at home: among the pages of the couple, for it and its helpers, and else on the front page. */
export function home({ url, data }: Here): '/couple' | '/' {
	const isTheirs = url.pathname === '/couple' || url.pathname.startsWith('/couple/');
	return isTheirs && ['couple', 'planner', 'helper'].includes(data.viewer?.role ?? '') ? '/couple' : '/';
}
