import type { ServerDomain } from '../kernel/domain.ts';
import { invitation } from './jobs.server.ts';

declare module '../mail/letter.ts' {
	interface Letters {
		invitation: true;
	}
}

export const peopleOnServer = {
	letters: { invitation: { compose: invitation } }
} satisfies ServerDomain;
