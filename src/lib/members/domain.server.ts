import type { ServerDomain } from '../kernel/domain.ts';
import * as found from './found.server.ts';
import { asking, askingSample } from './letters.server.ts';
import { tables } from './tables.server.ts';

declare module '../outbox/message.ts' {
	interface Messages {
		member: object;
	}
}

export const membersOnServer = {
	tables,
	finds: found.find,
	letters: { member: { compose: asking, sample: askingSample } }
} satisfies ServerDomain;
