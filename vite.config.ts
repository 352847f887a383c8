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
			// a page waits for each of its twenty small files; the large one, which all pages share, is kept
			inlineStyleThreshold: 8192,
			// app/hooks/own-origin.server.ts checks every request that changes something, whatever its type
			csrf: { trustedOrigins: ['*'] },
			csp: {
				mode: 'nonce',
				directives: CSP as never
			}
		})
	],
	environments: {
		ssr: {
			build: {
				rolldownOptions: {
					// read at each start, which takes 70 ms longer with all comments and blanks; names stay, for its traces
					output: { minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } } }
				}
			}
		},
		client: {
			build: {
				rolldownOptions: {
					output: {
						// in one file what many pages have: by itself each small part of it would be one
						codeSplitting: { groups: [{ name: 'common', minShareCount: 15 }] }
					}
				}
			}
		}
	}
});
