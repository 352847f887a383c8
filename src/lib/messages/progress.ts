import { m } from '../i18n/compiled/messages.js';

/** How far a run is, in emails. */
export type Progress = { all: number; waiting: number; lost: number };

export function describe({ all, waiting, lost }: Progress): string {
	const sent = waiting ? m.mailing_under_way({ done: all - waiting, all }) : m.reach_emails({ count: all });
	return lost ? `${sent}, ${m.mailing_lost({ count: lost })}` : sent;
}
