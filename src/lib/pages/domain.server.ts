import type { ServerDomain } from '../kernel/domain.ts';
import * as found from './found.server.ts';
import * as groups from './groups.server.ts';
import { tables } from './tables.server.ts';

export const pagesOnServer = {
	tables,
	finds: found.find,
	hears: { 'tag.removed': groups.refuse, 'tag.merged': groups.merge }
} satisfies ServerDomain;
