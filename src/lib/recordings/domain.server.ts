import type { ServerDomain } from '../kernel/domain.ts';

export const recordingsOnServer = {} satisfies ServerDomain;
