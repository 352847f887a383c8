import { join, relative } from 'node:path';
import { settings } from '../lib/kernel/settings.server.ts';

/** Where the mail of a local install is, and beside the demo, how to begin a wedding of one's own. */
export function welcome(isDemo: boolean): string {
	const mail = `All mail:    ${settings.ORIGIN}/dev/mail (as text in ${join(settings.DATA_DIR, 'mail')})`;
	return isDemo ? `${mail}\n\n${ownWedding()}` : mail;
}

/** In a folder beside the demo, which stays: nothing that somebody has tried there is lost. */
function ownWedding(): string {
	const folder = join(settings.DATA_DIR, 'ours');
	const nearby = relative(process.cwd(), folder);
	const place = quoted(nearby.startsWith('..') ? folder : nearby);
	return [
		'This is a demo. For a wedding of your own, stop it with Ctrl-C, and then:',
		`  export DATA_DIR=${place} UPLOADS_DIR=${place}/uploads`,
		'  npm run couple -- you@example.org "Your & Names"',
		'  npm start'
	].join('\n');
}

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
