/** How far a run has come: its deliveries, by what became of them. */
export type Counts = {
	total: number;
	/** in their turn, or with the mail service this very moment */
	waiting: number;
	/** taken by the mail service, also those that came back */
	sent: number;
	returned: number;
	/** nobody wanted them any more, or the run was stopped */
	skipped: number;
	failed: number;
	/** may have left, or not */
	unsure: number;
};

/** `over` when nothing waits any more. */
export type State = 'running' | 'paused' | 'stopped' | 'over';

export type Run = {
	id: string;
	kind: string;
	/** in the language of whoever asks */
	title: string;
	state: State;
	createdAt: Date;
	counts: Counts;
	forecast: Forecast;
};

/** How mails go out that wait: so many by now, in so many seconds, and the others from then on. */
export type Forecast = { now: number; seconds: number; later: number; at: Date | null };

/** What is to be known of the mail service: mails in one request, seconds between two, and what is left of the day. */
export type Service = { size: number; pace: number; day?: { requests: number; reset: Date } };

/** Of each chunk it is asked afterwards what came of it. */
const REQUESTS = 2;

export function foresee(mails: number, { size, pace, day }: Service): Forecast {
	const most = day ? Math.floor(day.requests / REQUESTS) * size : Infinity;
	const now = Math.min(mails, most);
	const seconds = Math.max(0, Math.ceil(now / size) - 1) * pace;
	return { now, seconds, later: mails - now, at: now < mails ? day!.reset : null };
}

export function findState(state: Exclude<State, 'over'>, { waiting, unsure }: Counts): State {
	return state !== 'stopped' && waiting === 0 && unsure === 0 ? 'over' : state;
}

/** Whether somebody may want to know how it goes on. */
export const isUnderWay = ({ state, counts }: Run) =>
	counts.waiting > 0 || (counts.unsure > 0 && state !== 'over');

/** Between 0 and 1: what is settled, whichever way. */
export const share = ({ total, waiting }: Counts) => (total === 0 ? 1 : (total - waiting) / total);
