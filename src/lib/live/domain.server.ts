import type { ServerDomain } from '../kernel/domain.ts';
import { announce } from './announce.server.ts';
import * as streams from './streams.server.ts';

export const liveOnServer = {
	tables: {},
	// of domains that cannot know this one: it uses them
	hears: { 'run.moved': ({ weddingId }, _, tx) => announce(weddingId, 'runs', tx) },
	stop: streams.stop
} satisfies ServerDomain;
