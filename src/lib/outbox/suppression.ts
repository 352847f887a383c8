/** What a guest may turn off; other mail has no category, and goes on. */
export const CATEGORIES = ['reminders', 'news'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Why mail does not go to an address. */
export type Reason = 'bounced' | 'complained' | 'unsubscribed';
