import { type Arrival, personOf, stand } from './arrival.ts';
import type { Expected } from './expected.ts';
import { prepare } from './find.ts';
import * as kept from './kept.ts';
import { merge } from './merge.ts';

/** How often other doors are asked while there is a network, in milliseconds. */
const EVERY = 5000;
/** How old the list may get before it is fetched again. */
const LIST_AGE = 60_000;
/** A network that answers nothing for so long is none, in milliseconds. */
const PATIENCE = 15_000;
/** As many as one report takes. */
const AT_ONCE = 1000;

export type Person = Pick<Arrival, 'guestId' | 'walkInId' | 'walkInName'>;
type News = { arrivals: Arrival[]; after: string; refused: string[]; now: number };

/** What a phone at the entrance knows, and has noted: on its disk first, and told to the others when there is a network. */
export class Doorway {
	expected = $state.raw<Expected | null>(null);
	facts = $state.raw<kept.Kept[]>([]);
	eventId = $state('');
	isRead = $state(false);
	isOnline = $state(true);
	/** The phone was shut out, or signed out: it is let in again by another link. */
	isShut = $state(false);
	/** The browser keeps nothing for us: all that was noted is in this page alone. */
	isForgetful = $state(false);
	/** How many of its own were nobody's any more. */
	refused = $state(0);

	entries = $derived(this.expected ? prepare(this.expected) : []);
	standing = $derived(stand(this.facts, this.eventId));
	inside = $derived([...this.standing.values()].filter(({ isInside }) => isInside));
	/** Those who are in and not on the list, the last first. */
	walkIns = $derived(
		[...this.standing]
			.filter(([, { isInside, guestId }]) => isInside && !guestId)
			.map(([walkInId, { walkInName, at }]) => ({ guestId: null, walkInId, walkInName, at }))
			.sort((one, other) => other.at - one.at)
	);
	unsent = $derived(this.facts.filter(({ isSent }) => !isSent));

	#after = '0';
	#ahead = 0;
	#isClockHeard = false;
	#isBusy = false;
	#listAsked = 0;
	#lists = '';

	/** Begins with what is on the disk; returns what ends it. */
	start(): () => void {
		void this.#begin();
		const hear = () => void this.sync();
		const timer = setInterval(() => document.visibilityState === 'visible' && hear(), EVERY);
		window.addEventListener('online', hear);
		window.addEventListener('offline', hear);
		document.addEventListener('visibilitychange', hear);
		return () => {
			clearInterval(timer);
			window.removeEventListener('online', hear);
			window.removeEventListener('offline', hear);
			document.removeEventListener('visibilitychange', hear);
		};
	}

	async #begin() {
		await this.#keep(async () => {
			const { expected, arrivals, after, ahead } = await kept.read();
			this.expected = expected;
			this.facts = arrivals;
			this.#after = after;
			this.#ahead = ahead;
		});
		this.isRead = true;
		await this.sync();
	}

	/** On the disk, if this browser has one for us. */
	async #keep(write: () => Promise<unknown>) {
		await write().catch(() => (this.isForgetful = true));
	}

	/** Notes that these came in or went; gives back what takes that back. */
	async note(kind: 'in' | 'out', people: Person[]): Promise<kept.Kept[]> {
		const common = { kind, eventId: this.eventId, undoesId: null, isSent: false };
		const made = people.map((person) => {
			const known = this.standing.get(personOf(person))?.at ?? 0;
			// whatever the clock says, it comes after what is known of them
			return { ...person, ...common, id: crypto.randomUUID(), at: Math.max(this.now(), known + 1) };
		});
		await this.#add(made);
		return made;
	}

	async undo(done: Arrival[]): Promise<void> {
		const nobody = { guestId: null, walkInId: null, walkInName: '' };
		const undos = done.map(({ id, eventId }) => ({
			...{ ...nobody, id: crypto.randomUUID(), eventId, kind: 'undo' as const, undoesId: id },
			...{ at: this.now(), isSent: false }
		}));
		await this.#add(undos);
	}

	async #add(made: kept.Kept[]) {
		await this.#keep(() => kept.keepArrivals(made));
		this.facts = merge(this.facts, made);
		void this.sync();
	}

	/** By the clock of the server, as far as it was heard: that of the phone may be hours off. */
	now = () => Date.now() + this.#ahead;

	/** Tells what is not told yet, and hears what happened elsewhere. What cannot be sent waits. */
	async sync(): Promise<void> {
		if (this.#isBusy || !this.isRead) return;
		this.#isBusy = true;
		try {
			let isMore = true;
			while (isMore) isMore = await this.#report();
			if (Date.now() - this.#listAsked > LIST_AGE) await this.#fetchList();
			this.isOnline = true;
		} catch {
			this.isOnline = false;
		} finally {
			this.#isBusy = false;
		}
	}

	/** Whether there is more to tell. */
	async #report(): Promise<boolean> {
		const waiting = this.unsent;
		// a clock that was set right meanwhile would set everything wrong
		const most = this.#isClockHeard ? AT_ONCE : 0;
		const sent = waiting.slice(0, most).map(({ isSent: _, ...one }) => one);
		const body = JSON.stringify({ now: this.now(), after: this.#after, arrivals: sent });
		const response = await fetch('/door/arrivals', {
			...{ method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) },
			headers: { 'content-type': 'application/json', accept: 'application/json' }
		});
		if (await isShutOut(response)) await this.#shut();
		if (!response.ok) throw new Error(`answered ${response.status}`);
		this.isShut = false;
		await this.#hear((await response.json()) as News, sent);
		return waiting.length > sent.length;
	}

	/** Nothing of the guests stays on a phone that may not have it; what it has not told yet does. */
	async #shut() {
		this.isShut = true;
		this.expected = null;
		this.facts = this.unsent;
		this.#after = '0';
		this.#lists = '';
		this.#listAsked = 0;
		await this.#keep(() => kept.forgetHeard(this.facts));
	}

	async #hear({ arrivals, after, refused, now }: News, sent: Arrival[]) {
		this.#ahead = now - Date.now();
		this.#isClockHeard = true;
		// also those that somebody else's report had brought before
		const heard = [...sent.filter(({ id }) => !refused.includes(id)), ...arrivals];
		await this.#keep(() => kept.keepNews({ arrivals: heard, after, refused }, this.#ahead));
		this.#after = after;
		this.refused += refused.length;
		const sentOnes = heard.map((one) => ({ ...one, isSent: true }));
		if (heard.length || refused.length) this.facts = merge(this.facts, sentOnes, refused);
	}

	async #fetchList() {
		const response = await fetch('/door/list', {
			headers: { 'if-none-match': this.#lists },
			signal: AbortSignal.timeout(PATIENCE)
		});
		this.#listAsked = Date.now();
		if (response.status === 304 && this.expected) this.expected = { ...this.expected, at: Date.now() };
		if (!response.ok) return;
		this.#lists = response.headers.get('etag') ?? '';
		const list = (await response.json()) as Expected;
		this.expected = list;
		await this.#keep(() => kept.keepList(list));
	}
}

/** By our own answer: that of a network which wants a password first is another. */
async function isShutOut(response: Response): Promise<boolean> {
	if (response.status !== 401 && response.status !== 403) return false;
	const { code } = await response
		.clone()
		.json()
		.catch(() => ({}));
	return code === 'sign_in' || code === 'not_allowed';
}
