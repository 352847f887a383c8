import type { ServerDomain } from '../kernel/domain.ts';
import { invitation } from './jobs.server.ts';
import * as overview from './overview.server.ts';
import { tables } from './tables.server.ts';

declare module '../mail/letter.ts' {
	interface Letters {
		invitation: true;
	}
}

export const peopleOnServer = {
	tables,
	letters: { invitation: { compose: invitation } },
	overview: overview.look
} satisfies ServerDomain;
