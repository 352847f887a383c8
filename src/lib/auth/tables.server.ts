import type { Tables } from '../kernel/db/table.server.ts';
import { olderThan } from '../weddings/wedding.ts';

const LETS_IN = { staysBehind: 'it lets somebody in: nobody is signed in on another install' };

export const tables = {
	LoginLink: {
		archive: LETS_IN,
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.loginLink.deleteMany({ where: olderThan(limit) }),
		restore: 'empty'
	},
	Session: {
		archive: LETS_IN,
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.session.deleteMany({ where: olderThan(limit) }),
		restore: 'empty'
	},
	LoginRequest: {
		archive: { staysBehind: 'it is of a browser that asked for a link, which would be refused elsewhere' },
		erasePerson: 'goes along',
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.loginRequest.deleteMany({ where: { message: olderThan(limit) } }),
		restore: 'empty'
	}
} satisfies Tables;
