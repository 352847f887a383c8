import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { defineConfig } from 'vite';
import { paraglide } from './src/lib/i18n/paraglide.config.ts';
import { CSP } from './src/lib/kernel/http/headers.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin(paraglide),
		sveltekit({
			adapter: adapter(),
			// app/hooks/own-origin.server.ts checks every request that changes something, whatever its type
			csrf: { trustedOrigins: ['*'] },
			csp: {
				mode: 'nonce',
				directives: CSP as never
			}
		})
	]
});
