import { m } from '../i18n/compiled/messages.js';
import { dayAndTime } from '../i18n/format.ts';
import { isolated } from '../i18n/isolated.ts';
import { db } from '../kernel/db/db.server.ts';
import type { Letter } from '../mail/letter.ts';
import type { Compose, Sample } from '../outbox/letters.server.ts';
import { enumerate, firstName } from '../people/guest.ts';
import * as readers from '../people/readers.server.ts';
import type { Wedding } from '../weddings/wedding.ts';
import { readIn } from '../i18n/words.ts';
import { sampleHousehold, sampleOffers } from './sample.ts';
import * as sheet from './sheet.server.ts';
import { listOffers } from './waiting.ts';

/** What is held for a household now, and until when; not wanted any more once it was taken or has gone on. */
export const place: Compose<'place'> = async (mail) => {
	const found = await readers.find(mail);
	if (!found) return null;
	const { wedding, id, ...about } = found;
	const offers = listOffers(await sheet.read(wedding.id, id, db));
	return offers.length ? writePlace(wedding, { offers, ...about }) : null;
};

export const placeSample: Sample = (wedding, { language, link }) =>
	writePlace(wedding, { ...sampleHousehold, offers: sampleOffers(wedding), url: link, language });

type Offered = {
	offers: ReturnType<typeof listOffers>;
	guests: { name: string }[];
	/** of those who read it */
	names: string[];
	url: string;
	language: string;
};

function writePlace(wedding: Pick<Wedding, 'names' | 'timeZone'>, about: Offered): Letter {
	const { offers, guests, names: readers, url, language } = about;
	const names = wedding.names || m.mail_wedding_unnamed();
	const first = readers.map((name) => isolated(firstName(name)));
	const everybody = guests.map(({ name }) => isolated(name));
	return {
		subject: m.mail_place_subject({ names }),
		from: names,
		paragraphs: [
			m.mail_hello({ name: enumerate(first, language) }),
			...offers.map(({ event, places, until }) => {
				const time = dayAndTime(until, language, wedding.timeZone);
				return m.offer_text({ event: readIn(event.name, language), count: places, time });
			}),
			m.mail_place_how()
		],
		button: { label: m.offer_look(), url },
		footer: m.mail_invitation_footer({ household: enumerate(everybody, language) }),
		language
	};
}
