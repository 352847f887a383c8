/** What a page of ours may load, and who may show it: SvelteKit adds a nonce for each script of a page. */
export const CSP = {
	'default-src': ['self'],
	'object-src': ['none'],
	'base-uri': ['none'],
	'frame-ancestors': ['none'],
	'form-action': ['self'],
	'media-src': ['self', 'blob:'],
	'img-src': ['self', 'data:', 'blob:'],
	// the reader of codes at the door; it lets no text be run as a script
	'script-src': ['self', 'wasm-unsafe-eval'],
	// the one style attribute there is: that of SvelteKit's announcer for screen readers
	'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=']
} as const;

/** Of every answer, whoever gives it; a page, a file or a mail has a policy of its own instead. */
export function headersFor(protocol: string): Record<string, string> {
	return {
		...(protocol === 'https:' && { 'strict-transport-security': 'max-age=31536000' }),
		'content-security-policy': policy(CSP),
		'x-content-type-options': 'nosniff',
		'x-robots-tag': 'noindex, nofollow',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': 'microphone=(self), camera=(self), geolocation=(), payment=()'
	};
}

function policy(directives: Record<string, readonly string[]>): string {
	const quoted = (source: string) => (source.endsWith(':') ? source : `'${source}'`);
	return Object.entries(directives)
		.map(([name, sources]) => `${name} ${sources.map(quoted).join(' ')}`)
		.join('; ');
}
