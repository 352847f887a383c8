import type { ServerDomain } from '../kernel/domain.ts';
import { invitation } from './jobs.server.ts';
import * as overview from './overview.server.ts';

declare module '../mail/letter.ts' {
	interface Letters {
		invitation: true;
	}
}

export const peopleOnServer = {
	letters: { invitation: { compose: invitation } },
	overview: overview.look
} satisfies ServerDomain;
