import type { ServerDomain } from '../kernel/domain.ts';
import * as following from './following.server.ts';
import * as lines from './lines.server.ts';
import { answers } from './letters.server.ts';
import * as overview from './overview.server.ts';
import { tables as questionTables } from './question-tables.server.ts';
import { tables } from './tables.server.ts';

declare module '../mail/letter.ts' {
	interface Letters {
		answers: true;
	}
}

export const rsvpOnServer = {
	tables: { ...tables, ...questionTables },
	letters: { answers: { compose: answers } },
	hears: { 'household.grew': following.follow, 'tag.merged': following.merge },
	overview: overview.look,
	topics: { answers: { right: 'answers:read', version: lines.version } }
} satisfies ServerDomain;
