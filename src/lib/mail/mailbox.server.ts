import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clock } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { isId } from '../kernel/files/stored.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { writeHtml, type Letter, writeText } from './letter.ts';

/** The mailbox has pages only where nobody but the developer or a visitor of the demo can see them. */
const isShown =
	!settings.MAILERSEND_API_TOKEN && (process.env.NODE_ENV !== 'production' || Boolean(settings.LOCAL));

/** Where mail lands on an install without a mail service: one text file each, and beside it how it looks. */
const folder = join(settings.DATA_DIR, 'mail');

export type Kept = { id: string; to: string; subject: string; date: string; text: string };

export async function keep(id: string, to: { address: string; name: string }, letter: Letter): Promise<void> {
	const head = `To: ${to.name} <${to.address}>\nSubject: ${letter.subject}\nDate: ${clock.now().toISOString()}\n\n`;
	// links in it let people in
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await write(`${id}.html`, writeHtml(letter));
	await write(`${id}.txt`, head + writeText(letter));
}

/** Throws 404 where somebody else could see it. */
export function requireShown(): void {
	if (!isShown) throw new Problem(404, 'not_found');
}

export async function list(weddingId: string): Promise<Kept[]> {
	requireShown();
	const names = await readdir(folder).catch(() => []);
	const ids = names.filter((name) => /^[^.].*\.txt$/.test(name)).map((name) => name.slice(0, -4));
	const mails = await Promise.all((await filterOwn(weddingId, ids.filter(isId))).map(read));
	return mails.sort((one, other) => other.date.localeCompare(one.date));
}

async function filterOwn(weddingId: string, ids: string[]): Promise<string[]> {
	const own = await db.delivery.findMany({ where: { weddingId, id: { in: ids } }, select: { id: true } });
	return own.map(({ id }) => id);
}

async function read(id: string): Promise<Kept> {
	const [head = '', ...body] = (await open(`${id}.txt`)).split('\n\n');
	const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
	return { id, to: field('To'), subject: field('Subject'), date: field('Date'), text: body.join('\n\n') };
}

const SCHEMES = { light: '@media not all', dark: '@media all' };

/** For a frame on a page of ours: what is pressed in it opens instead of that page. In a scheme, or in the reader's own. */
export function frame(html: string, scheme?: 'light' | 'dark'): Response {
	const seen = scheme ? html.replace('@media (prefers-color-scheme:dark)', SCHEMES[scheme]) : html;
	return new Response(seen.replace('<head>', '<head><base target="_top">'), {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
		}
	});
}

export async function readHtml(weddingId: string, id: string): Promise<string> {
	if (!isShown || (await filterOwn(weddingId, [id])).length === 0) throw new Problem(404, 'not_found');
	return open(`${id}.html`);
}

async function open(name: string): Promise<string> {
	try {
		return await readFile(join(folder, name), 'utf8');
	} catch {
		throw new Problem(404, 'not_found');
	}
}

/** Takes mails out of the folder; fine when they are not there. */
export async function forget(ids: string[]): Promise<void> {
	for (const id of ids)
		for (const kind of ['html', 'txt']) await rm(join(folder, `${id}.${kind}`), { force: true });
}

/** Whoever watches the folder sees whole files only. */
async function write(name: string, content: string): Promise<void> {
	await writeFile(join(folder, `.${name}`), content);
	await rename(join(folder, `.${name}`), join(folder, name));
}
