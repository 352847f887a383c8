import type { ServerDomain } from '../kernel/domain.ts';
import { followGroups } from '../people/shown-to.server.ts';
import * as found from './found.server.ts';
import * as shown from './shown.server.ts';
import { tables } from './tables.server.ts';

const groups = followGroups((tx) => tx.block);

export const pagesOnServer = {
	tables,
	finds: found.find,
	shows: { block: shown.isShown },
	hears: { 'tag.removed': groups.refuse, 'tag.merged': groups.merge }
} satisfies ServerDomain;
