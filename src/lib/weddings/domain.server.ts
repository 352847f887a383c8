import type { ServerDomain } from '../kernel/domain.ts';

export const weddingsOnServer = {} satisfies ServerDomain;
