import { all, furnish } from '../lib/kernel/domain.ts';
import { audit } from '../lib/audit/domain.ts';
import { auditOnServer } from '../lib/audit/domain.server.ts';
import { weddings } from '../lib/weddings/domain.ts';
import { weddingsOnServer } from '../lib/weddings/domain.server.ts';
import { removals } from '../lib/removals/domain.ts';
import { removalsOnServer } from '../lib/removals/domain.server.ts';
import { looks } from '../lib/looks/domain.ts';
import { looksOnServer } from '../lib/looks/domain.server.ts';
import { mail } from '../lib/mail/domain.ts';
import { mailOnServer } from '../lib/mail/domain.server.ts';
import { outbox } from '../lib/outbox/domain.ts';
import { outboxOnServer } from '../lib/outbox/domain.server.ts';
import { people } from '../lib/people/domain.ts';
import { peopleOnServer } from '../lib/people/domain.server.ts';
import { auth } from '../lib/auth/domain.ts';
import { authOnServer } from '../lib/auth/domain.server.ts';
import { members } from '../lib/members/domain.ts';
import { membersOnServer } from '../lib/members/domain.server.ts';
import { recordings } from '../lib/recordings/domain.ts';
import { recordingsOnServer } from '../lib/recordings/domain.server.ts';
import { pictures } from '../lib/pictures/domain.ts';
import { picturesOnServer } from '../lib/pictures/domain.server.ts';
import { pages } from '../lib/pages/domain.ts';
import { pagesOnServer } from '../lib/pages/domain.server.ts';
import { gifts } from '../lib/gifts/domain.ts';
import { giftsOnServer } from '../lib/gifts/domain.server.ts';
import { feeds } from '../lib/feeds/domain.ts';
import { feedsOnServer } from '../lib/feeds/domain.server.ts';
import { guestbook } from '../lib/guestbook/domain.ts';
import { guestbookOnServer } from '../lib/guestbook/domain.server.ts';
import { keepsake } from '../lib/keepsake/domain.ts';
import { keepsakeOnServer } from '../lib/keepsake/domain.server.ts';
import { live } from '../lib/live/domain.ts';
import { liveOnServer } from '../lib/live/domain.server.ts';
import { rsvp } from '../lib/rsvp/domain.ts';
import { rsvpOnServer } from '../lib/rsvp/domain.server.ts';
import { tables } from '../lib/tables/domain.ts';
import { tablesOnServer } from '../lib/tables/domain.server.ts';
import { messages } from '../lib/messages/domain.ts';
import { messagesOnServer } from '../lib/messages/domain.server.ts';
import { sheets } from '../lib/sheets/domain.ts';
import { sheetsOnServer } from '../lib/sheets/domain.server.ts';
import { calendar } from '../lib/calendar/domain.ts';
import { calendarOnServer } from '../lib/calendar/domain.server.ts';
import { cards } from '../lib/cards/domain.ts';
import { cardsOnServer } from '../lib/cards/domain.server.ts';
import { emblem } from '../lib/emblem/domain.ts';
import { emblemOnServer } from '../lib/emblem/domain.server.ts';
import { reminders } from '../lib/reminders/domain.ts';
import { remindersOnServer } from '../lib/reminders/domain.server.ts';
import { door } from '../lib/door/domain.ts';
import { doorOnServer } from '../lib/door/domain.server.ts';

/** The one list of domains, each after those that it uses. For the server: a page takes what it needs from a domain.ts. */
export const domains = [
	{ ...audit, ...auditOnServer },
	{ ...weddings, ...weddingsOnServer },
	{ ...removals, ...removalsOnServer },
	{ ...looks, ...looksOnServer },
	{ ...mail, ...mailOnServer },
	{ ...outbox, ...outboxOnServer },
	{ ...people, ...peopleOnServer },
	{ ...auth, ...authOnServer },
	{ ...members, ...membersOnServer },
	{ ...recordings, ...recordingsOnServer },
	{ ...pictures, ...picturesOnServer },
	{ ...pages, ...pagesOnServer },
	{ ...gifts, ...giftsOnServer },
	{ ...feeds, ...feedsOnServer },
	{ ...guestbook, ...guestbookOnServer },
	{ ...keepsake, ...keepsakeOnServer },
	{ ...live, ...liveOnServer },
	{ ...rsvp, ...rsvpOnServer },
	{ ...tables, ...tablesOnServer },
	{ ...messages, ...messagesOnServer },
	{ ...calendar, ...calendarOnServer },
	{ ...sheets, ...sheetsOnServer },
	{ ...cards, ...cardsOnServer },
	{ ...emblem, ...emblemOnServer },
	{ ...reminders, ...remindersOnServer },
	{ ...door, ...doorOnServer }
] as const;

furnish(domains);

export const queues = () => all().flatMap(({ queues = [] }) => queues);
