export const ACTS = ['invite', 'uninvite', 'tag', 'untag', 'language', 'called', 'uncalled'] as const;
export type Act = (typeof ACTS)[number];

/** What was done to many, and the entry of the audit by which it is undone. */
export type Done = { act: Act; count: number; entryId: string };
