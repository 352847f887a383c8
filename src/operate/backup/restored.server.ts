import { tables } from '../tables.server.ts';

/** As the schema calls it: `login_link` for LoginLink. */
export const tableOf = (model: string) => model.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** What lets people in, or counts their tries, is not backed up: a restore signs everybody out. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
	...tables.flatMap(({ model, restore }) => (restore === 'empty' ? tableOf(model) : [])),
	'rate_limit'
]);

/** What becomes of rows that would do something again. */
export const UPDATES = tables.flatMap(({ restore }) => (typeof restore === 'object' ? restore.update : []));
