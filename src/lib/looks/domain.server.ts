import type { ServerDomain } from '../kernel/domain.ts';
import { tables } from './tables.server.ts';

export const looksOnServer = { tables } satisfies ServerDomain;
