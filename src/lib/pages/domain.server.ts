import type { ServerDomain } from '../kernel/domain.ts';
import { followGroups } from '../people/shown-to.server.ts';
import * as found from './found.server.ts';
import { tables } from './tables.server.ts';

const groups = followGroups((tx) => tx.block);

export const pagesOnServer = {
	tables,
	finds: found.find,
	hears: { 'tag.removed': groups.refuse, 'tag.merged': groups.merge }
} satisfies ServerDomain;
