/* How a bench comes into the demo wedding of a site that runs on this machine: by the mails that it keeps there. */
import type { BrowserContext } from '@playwright/test';

export const PEOPLE = { guest: 'maria.jansen@example.org', couple: 'anna@example.org' } as const;

export async function signIn(context: BrowserContext, origin: string, email: string): Promise<void> {
	const page = await context.newPage();
	await page.goto(`${origin}/login`);
	const { length } = await mails(context, origin);
	await page.locator('form[action="/auth/send-link"] [name="email"]').fill(email);
	await page.locator('form[action="/auth/send-link"] button').click();
	while ((await mails(context, origin)).length === length)
		await new Promise((again) => setTimeout(again, 200));
	const [newest = ''] = await mails(context, origin);
	const mail = await (await context.request.get(`${origin}/dev/mail/${newest}`)).text();
	await page.goto(origin + /\/auth\/verify\/[\w-]{43}/.exec(mail)![0]);
	await page.locator('main form button').first().click();
	await page.waitForURL((url) => !url.pathname.startsWith('/auth'));
	await page.close();
}

/** The newest first. */
async function mails(context: BrowserContext, origin: string): Promise<string[]> {
	const list = await (await context.request.get(`${origin}/dev/mail`)).text();
	return [...list.matchAll(/\?mail=([\da-f-]{36})/g)].map(([, id]) => id!);
}
