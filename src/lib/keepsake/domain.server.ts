import type { ServerDomain } from '../kernel/domain.ts';

export const keepsakeOnServer = { tables: {} } satisfies ServerDomain;
