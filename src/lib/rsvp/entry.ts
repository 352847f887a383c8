import type { Event } from './event.ts';

/** An event as a calendar has it. */
export type Entry = Pick<
	Event,
	'id' | 'name' | 'startsAt' | 'endsAt' | 'place' | 'address' | 'dressCode' | 'note'
> & {
	/** rises with each edit */
	sequence: number;
	/** nobody of the household comes */
	isAllDeclined: boolean;
	/** it was removed, and calendars that have it are to say so */
	isCancelled: boolean;
};
