import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Look = { colorScheme?: 'light' | 'dark'; rules?: string[] };

/** What axe finds on the page, a line each. Nothing moves meanwhile: a colour halfway to another is nobody's. */
export async function findings(page: Page, { colorScheme, rules }: Look = {}): Promise<string[]> {
	await page.emulateMedia({ reducedMotion: 'reduce', ...(colorScheme && { colorScheme }) });
	// half a megabyte, which each call would read into the page twice
	const isThere = await page.evaluate(() => 'axe' in window);
	// nothing runs in the frame of a mail, axe neither
	const axe = new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) })
		.options({ resultTypes: ['violations'] })
		.exclude('iframe')
		.setLegacyMode();
	if (rules) axe.withRules(rules);
	const { violations } = await axe.analyze();
	return violations.map(({ id, nodes }) => `${new URL(page.url()).pathname} ${id}: ${nodes[0]?.html}`);
}
