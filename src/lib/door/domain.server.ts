import type { ServerDomain } from '../kernel/domain.ts';
import * as arrivals from './arrivals.server.ts';
import { tables } from './tables.server.ts';

export const doorOnServer = {
	tables,
	topics: { door: { right: 'door:read', version: arrivals.version } }
} satisfies ServerDomain;
