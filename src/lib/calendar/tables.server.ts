import type { Tables } from '../kernel/db/table.server.ts';

export const tables = {
	CalendarAddress: {
		archive: { staysBehind: 'its address is of the old install: an app that has it asks there' },
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: 'stays',
		// as the code on a card, which lets in further, stays true
		restore: 'stays'
	}
} satisfies Tables;
