import type { ServerDomain } from '../kernel/domain.ts';

export const mailOnServer = { tables: {} } satisfies ServerDomain;
