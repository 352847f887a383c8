import type { ServerDomain } from '../kernel/domain.ts';
import { followGroups } from '../people/shown-to.server.ts';
import { tidying } from './jobs.server.ts';
import * as shown from './shown.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'gifts.tidy': object;
	}
}

const [gifts, lists] = [
	followGroups((tx) => tx.gift, { removedAt: null }),
	followGroups((tx) => tx.giftList)
];

export const giftsOnServer = {
	tables,
	queues: [tidying],
	hears: {
		async 'tag.removed'(viewer, told, tx) {
			for (const { refuse } of [gifts, lists]) await refuse(viewer, told, tx);
		},
		async 'tag.merged'(viewer, told, tx) {
			for (const { merge } of [gifts, lists]) await merge(viewer, told, tx);
		}
	},
	shows: { gift: shown.isShown },
	isThere: { '/gifts': shown.isThere }
} satisfies ServerDomain;
