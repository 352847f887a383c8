import type { ServerDomain } from '../kernel/domain.ts';

export const authOnServer = {} satisfies ServerDomain;
