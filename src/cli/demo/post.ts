/** What became of the mail: Zoë's address has a mistake in it, and Hugo has answered all reminders of his life. */
export const cameBack = { household: 'Zoë & Émile', reason: 'mailbox does not exist' };
export const unsubscribed = { household: 'Hugo Lindqvist', from: 'reminders' } as const;
