import type { Viewer } from '#lib/kernel/viewer.ts';
import type { Wedding } from '#lib/weddings/wedding.ts';
import type { Look } from '#lib/looks/look.ts';
import type { Language } from '#lib/i18n/languages.ts';

declare global {
	namespace App {
		interface Locals {
			viewer: Viewer;
			wedding: Wedding;
			language: Language;
			/** a look that the couple only tries */
			tried?: Look;
			/** what a page calls the viewer, empty for a stranger */
			name: string;
			/** a refusal's own, Retry-After say */
			headers?: Record<string, string>;
			/** what went wrong, as it is told */
			failure?: Error;
		}
		interface Error {
			status: number;
			message: string;
			/** the refusal's code, or the id under which a bug is logged */
			code?: string;
		}
	}
}
