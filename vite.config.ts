import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { defineConfig } from 'vite';
import { paraglide } from './paraglide.config.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin(paraglide),
		sveltekit({
			adapter: adapter(),
			// hooks.server.ts checks every request that changes something, whatever its type
			csrf: { trustedOrigins: ['*'] },
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'frame-ancestors': ['none'],
					'form-action': ['self'],
					'media-src': ['self', 'blob:'],
					'img-src': ['self', 'data:', 'blob:'],
					// the one style attribute there is: that of SvelteKit's announcer for screen readers
					'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=']
				}
			}
		})
	]
});
