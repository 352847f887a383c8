export type Kind = 'guests' | 'household' | 'event' | 'question' | 'recording' | 'voice' | 'member';

/** What can be put back, as the couple calls it. */
export type Removed = { id: string; kind: Kind; name: string };

/** Whether all is as it was: a seat, say, may be somebody else's by now. */
export type Back = { isWhole: boolean };
