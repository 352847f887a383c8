import type { ServerDomain } from '../kernel/domain.ts';
import * as groups from './groups.server.ts';
import { tables } from './tables.server.ts';

export const pagesOnServer = {
	tables,
	hears: { 'tag.removed': groups.refuse, 'tag.merged': groups.merge }
} satisfies ServerDomain;
