import { hostOf } from '../lib/kernel/http/host.ts';
import { Problem } from '../lib/kernel/problem.ts';
import { settings } from '../lib/kernel/settings.server.ts';

/** What follows --host, as requests will name it. */
export function host(typed: string): string {
	const found = hostOf(typed, new URL(settings.ORIGIN).protocol);
	if (found) return found;
	throw new Problem('Give --host as guests type it, without https://: --host anna-and-ben.example');
}
