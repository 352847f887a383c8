import type { ServerDomain } from '../kernel/domain.ts';
import * as overview from './overview.server.ts';

export const weddingsOnServer = { overview: overview.look } satisfies ServerDomain;
