import type { ServerDomain } from '../kernel/domain.ts';
import { announce } from '../live/announce.server.ts';
import * as freed from './freed.server.ts';
import { tidying } from './jobs.server.ts';
import * as overview from './overview.server.ts';
import * as plans from './plans.server.ts';
import * as proposals from './proposals.server.ts';
import { solving, stop } from './solving.server.ts';
import { tables } from './tables.server.ts';
import * as wishes from './wishes.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'tables.tidy': object;
		'tables.solve': { proposalId: string };
	}
}

export const tablesOnServer = {
	tables,
	queues: [tidying, solving],
	stop,
	hears: {
		'replies.changed': ({ weddingId }, told, tx) => freed.follow(weddingId, told, tx),
		'guests.left': ({ weddingId }, _, tx) => announce(weddingId, 'seating', tx),
		'guests.returned': ({ weddingId }, _, tx) => announce(weddingId, 'seating', tx),
		'tag.merged': wishes.merge
	},
	overview: overview.look,
	topics: {
		seating: { right: 'tables:read', version: plans.version },
		proposals: { right: 'tables:edit', version: proposals.version }
	}
} satisfies ServerDomain;
