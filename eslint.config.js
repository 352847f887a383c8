import { builtinRules } from 'eslint/use-at-your-own-risk';
import svelte from 'eslint-plugin-svelte';

import globals from 'globals';
import typescript from 'typescript-eslint';

// what @eslint/js would list, without one more package
const recommended = Object.fromEntries(
	[...builtinRules].filter(([, rule]) => rule.meta.docs?.recommended).map(([name]) => [name, 'error'])
);

export default [
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'.data/',
			'uploads/',
			'test-results/',
			'src/lib/i18n/compiled/',
			'prisma/client/'
		]
	},
	{ rules: recommended },
	...typescript.configs.recommended,
	...svelte.configs.recommended,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// the compiler knows better, types and globals included
			'no-undef': 'off',
			// written as an escape it is meant: the sign itself, not the letter that a font joins it to
			'no-misleading-character-class': ['error', { allowEscape: true }],
			// Playwright reads from it what a fixture needs, which may be nothing
			'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
			// `import { type A }` would still load the module
			'@typescript-eslint/no-import-type-side-effects': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			// one that the domains add to
			'@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'always' }],
			// for sites below a path; this one has a host to itself
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: typescript.parser } }
	}
];
