import type { ServerDomain } from '../kernel/domain.ts';
import * as streams from './streams.server.ts';

export const liveOnServer = { tables: {}, stop: streams.stop } satisfies ServerDomain;
