import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

/** The guest list as a spreadsheet: into the site, and out of it. */
export const sheets = {
	name: 'sheets',
	uses: ['audit', 'people', 'rsvp', 'tables', 'weddings'],
	actions: [
		{ href: '/couple/guests/import', label: m.sheet_import, right: 'people:edit' },
		{ href: '/couple/guests/export', label: m.sheet_export, right: 'people:edit' }
	]
} satisfies Domain;
