import { setImmediate } from 'node:timers/promises';
import { m } from '../i18n/compiled/messages.js';
import { longDay } from '../i18n/format.ts';
import { inLanguage } from '../i18n/language.server.ts';
import type { Words } from '../i18n/words.ts';
import { db } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { drawCode } from '../kernel/media/code.ts';
import { accentOf } from '../looks/look.ts';
import * as looks from '../looks/looks.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { enumerate } from '../people/guest.ts';
import { groupCode, type Household } from '../people/household.ts';
import * as households from '../people/households.server.ts';
import { link } from '../people/invitations.server.ts';
import * as invited from '../rsvp/invited.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Wedding } from '../weddings/wedding.ts';
import { type Card, type Choice, choose, type OwnCard } from './card.ts';
import * as texts from './texts.server.ts';

/** The households whose cards these are, in the order of the list. */
export async function list(viewer: Viewer, choice: Choice): Promise<Household[]> {
	permit(viewer, 'cards:print');
	const asked = choice.event ? await invited.list(viewer, choice.event) : [];
	const ids = asked.filter(({ asked }) => asked > 0).map(({ id }) => id);
	return choose(await households.list(viewer), choice, new Set(ids));
}

/** The code of one's own household, to show and to scan. Throws 404. */
export async function getOwn(viewer: Viewer): Promise<OwnCard> {
	permit(viewer, 'cards:have');
	const { weddingId, householdId } = viewer;
	const where = { id: householdId ?? '', weddingId };
	const own = householdId ? await db.household.findUnique({ where, include: { wedding: true } }) : null;
	if (!own?.code) throw new Problem(404, 'household_not_found');
	const address = link(own.wedding, own.code);
	const typed = `${weddings.originOf(own.wedding).replace(/^https?:\/\//, '')}/i`;
	return {
		household: own.name,
		code: groupCode(own.code),
		link: address,
		address: typed,
		qr: drawCode(address)
	};
}

/** What stands on their cards. */
export async function write(viewer: Viewer, chosen: Household[]): Promise<Card[]> {
	permit(viewer, 'cards:print');
	const [wedding, line] = [await weddings.get(viewer), await texts.get(viewer)];
	const look = await looks.find(viewer.weddingId);
	const looking = { theme: look.theme, accent: accentOf(look).light };
	const written: Card[] = [];
	for (const household of chosen) {
		if (household.code)
			written.push({
				...inLanguage(household.language, () => writeOne(household, wedding, line)),
				...looking
			});
		// others are answered meanwhile
		if (written.length % 20 === 0) await setImmediate();
	}
	return written;
}

function writeOne(household: Household, wedding: Wedding, line: Words): Omit<Card, 'theme' | 'accent'> {
	const { id, name, language, guests } = household;
	const code = household.code!;
	const address = link(wedding, code);
	const everybody = enumerate(
		guests.map((guest) => guest.name),
		language
	);
	return {
		...{ id, language, names: wedding.names || m.mail_wedding_unnamed(), place: wedding.place },
		day: wedding.heldOn ? longDay(wedding.heldOn, language) : '',
		household: name,
		guests: guests.length > 1 || everybody !== name ? everybody : '',
		line: line[language] || m.card_line(),
		...{ scan: m.card_scan(), type: m.card_type() },
		address: `${weddings.originOf(wedding).replace(/^https?:\/\//, '')}/i`,
		...{ code: groupCode(code), link: address, qr: drawCode(address) }
	};
}
