import type { ServerDomain } from '../kernel/domain.ts';

export const peopleOnServer = {} satisfies ServerDomain;
