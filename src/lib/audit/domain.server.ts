import type { ServerDomain } from '../kernel/domain.ts';

export const auditOnServer = {} satisfies ServerDomain;
