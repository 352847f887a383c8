import type { ServerDomain } from '../kernel/domain.ts';

export const emblemOnServer = { tables: {} } satisfies ServerDomain;
