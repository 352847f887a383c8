import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

const root = join(import.meta.dirname, '../routes');

/** Every route on disk, and whether it is a page. */
export const routes = [
	...new Set(
		readdirSync(root, { recursive: true, encoding: 'utf8' })
			.filter((file) => /\+(page\.svelte|server\.ts)$/.test(file))
			.map((file) => dirname(file).split(sep).join('/'))
	)
].map((folder) => ({
	folder,
	isPage: readdirSync(join(root, folder)).includes('+page.svelte'),
	path: `/${folder}`.replace(/\/\([^)]*\)/g, '').replace(/\/\.$/, '') || '/'
}));

export const id = '01900000-0000-7000-8000-000000000000';

/** An address of the route at which nothing is. */
export const filled = (path: string) =>
	path.replace(/\[(?:id|table)=uuid\]/g, id).replace(/\[\w+\]/g, 'ABCDEFGHJKMN');

/** What its forms are posted to: `?/save`, and nothing for the one without a name. */
export function actions(folder: string): string[] {
	try {
		const text = readFileSync(join(root, folder, '+page.server.ts'), 'utf8');
		const body = text.slice(text.indexOf('export const actions'));
		return [...body.matchAll(/^\t(?:async )?(\w+)[:(]/gm)].map(([, name]) =>
			name === 'default' ? '' : `?/${name}`
		);
	} catch {
		return [];
	}
}
