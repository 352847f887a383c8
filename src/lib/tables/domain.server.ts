import type { ServerDomain } from '../kernel/domain.ts';
import { stop } from './solver/solve.server.ts';

export const tablesOnServer = { tables: {}, stop } satisfies ServerDomain;
