import type { Browser, Page } from '@playwright/test';
import { fillDinner, writeInvitation } from './answering.ts';
import { makePausedRun } from './paused-run.ts';
import { addressTable, fillTables, openFinder } from './seating.ts';
import { emailOf, signIn } from './site.ts';

/*
 * Every page there is, for what has to hold on all of them, in a wedding that has something on each.
 */

export const PAGES: Record<'stranger' | 'guest' | 'couple', string[]> = {
	stranger: [
		'/login',
		'/login/sent',
		'/auth/send-link',
		'/auth/verify-code',
		'/auth/verify/unknown',
		'/i',
		'/i?code=ABCD',
		'/i/ABCDEFGHJKMN',
		'/door/in/unknown',
		'/seats/unknown',
		'/unsubscribe/unknown',
		'/offline',
		'/nowhere'
	],
	guest: [
		'/',
		'/gifts',
		'/rsvp',
		'/rsvp/thanks',
		'/rsvp/kept',
		'/card',
		'/calendar',
		'/emails',
		'/recordings',
		'/recordings/along',
		'recording',
		'finder'
	],
	couple: [
		'/couple',
		'/couple/search?q=a',
		'/couple/guests',
		'/couple/guests/new',
		'household',
		'household/address',
		'/couple/groups',
		'/couple/guests/import',
		'/couple/guests/export',
		'/couple/events',
		'event',
		'/couple/events/questions',
		'question',
		'/couple/answers',
		'/couple/messages',
		'/couple/messages/new',
		'message',
		'message/send',
		'message/preview',
		'message/lines',
		'run',
		'/couple/tables',
		'plan',
		'plan/room',
		'plan/wishes',
		'plan/solve',
		'plan/sheet',
		'plan/print',
		'table',
		'/couple/cards',
		'/couple/reminders',
		'/couple/door',
		'/door',
		'/couple/page',
		'/couple/page/new',
		'block',
		'block/pictures',
		'/couple/gifts',
		'/couple/gifts/new',
		'/couple/gifts/new?kind=money',
		'/couple/gifts/list',
		'gift',
		'/couple/cards/print',
		'/couple/recordings',
		'managed',
		'/couple/settings',
		'/couple/settings/look',
		'/couple/settings/picture',
		'/recordings',
		'/dev/mail',
		'/dev/mail/gallery',
		'/dev/ui',
		'/dev/ui?view=dark',
		'/dev/ui?view=rtl'
	]
};

/** Of a name the address of the first in its list. */
export async function address(page: Page, path: string): Promise<string> {
	const lists: Record<string, string> = {
		recording: '/recordings',
		household: '/couple/guests',
		managed: '/couple/recordings',
		event: '/couple/events',
		question: '/couple/events/questions',
		block: '/couple/page',
		plan: '/couple/tables',
		gift: '/couple/gifts',
		message: '/couple/messages'
	};
	if (path === 'run') return `/couple/messages/runs/${await makePausedRun()}`;
	if (path === 'table') return addressTable();
	if (path === 'finder') return `${await openFinder()}?q=maria&go=1`;
	const [name = '', more = ''] = path.split('/');
	const list = lists[name];
	if (!list) return path;
	await page.goto(list);
	const own = (await page
		.locator(`main a[href^="${list}/"]:not([href*="/new"], [href$="/list"])`)
		.first()
		.getAttribute('href'))!;
	return more ? `${own}/${more}` : own;
}

export async function as(browser: Browser, role: keyof typeof PAGES, options = {}): Promise<Page> {
	const page = await (await browser.newContext(options)).newPage();
	if (role !== 'stranger') await fillDinner();
	if (role === 'couple') await writeInvitation();
	if (role !== 'stranger') await fillTables();
	if (role !== 'stranger') await signIn(page, role === 'couple' ? emailOf('anna') : emailOf('maria'));
	return page;
}
