import type { ServerDomain } from '../kernel/domain.ts';
import * as found from './found.server.ts';
import * as overview from './overview.server.ts';
import * as steps from './steps.server.ts';
import { tables } from './tables.server.ts';

declare module '../outbox/message.ts' {
	interface Messages {
		invitation: object;
	}
}

declare module '../kernel/facts.server.ts' {
	interface News {
		/** new guests of each household, and tags that it did not have before */
		'households.grew': { households: { householdId: string; guestIds: string[]; tagIds: string[] }[] };
		/** the wedding is held; a domain throws when it needs the tag */
		'tag.removed': { id: string };
		'tag.merged': { id: string; into: string };
		/** the list is shorter than it was */
		'guests.left': object;
		/** what was theirs is theirs again, as far as it is there */
		'guests.returned': { guestIds: string[] };
	}
}

export const peopleOnServer = {
	tables,
	finds: found.find,
	overview: overview.look,
	steps: steps.list
} satisfies ServerDomain;
