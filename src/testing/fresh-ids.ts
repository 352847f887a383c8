import { randomUUID } from 'node:crypto';

type Ids = [string, string, string, string, string, string, string, string];

/** As many as one takes apart in one go. */
export const fresh = () => Array.from({ length: 8 }, () => randomUUID()) as Ids;
