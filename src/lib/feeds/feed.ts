export function addressOf(origin: string, secret: string): string {
	return `${origin}/feed/${secret}`;
}

/** Opens an app with the feed, as its maker says; the others take a pasted address. */
export function appLinks(address: string): { name: string; href: string }[] {
	const bare = address.replace(/^https?:\/\//, '');
	return [
		{ name: 'Apple Podcasts', href: `podcast://${bare}` },
		{ name: 'Overcast', href: `overcast://x-callback-url/add?url=${encodeURIComponent(address)}` },
		{ name: 'Pocket Casts', href: `pktc://subscribe/${bare}` }
	];
}
