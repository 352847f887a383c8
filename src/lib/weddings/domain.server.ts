import type { ServerDomain } from '../kernel/domain.ts';
import * as overview from './overview.server.ts';
import * as steps from './steps.server.ts';
import { tables } from './tables.server.ts';

export const weddingsOnServer = {
	tables,
	overview: overview.look,
	steps: steps.list
} satisfies ServerDomain;
