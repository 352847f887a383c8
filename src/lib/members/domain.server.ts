import type { ServerDomain } from '../kernel/domain.ts';
import { asking, askingSample } from './letters.server.ts';
import { tables } from './tables.server.ts';

declare module '../mail/letter.ts' {
	interface Letters {
		member: true;
	}
}

export const membersOnServer = {
	tables,
	letters: { member: { compose: asking, sample: askingSample } }
} satisfies ServerDomain;
