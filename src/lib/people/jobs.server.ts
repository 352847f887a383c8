import { clock } from '../kernel/clock.ts';
import { m } from '../i18n/compiled/messages.js';
import { longDay } from '../i18n/format.ts';
import { isolated } from '../i18n/isolated.ts';
import * as facts from '../kernel/facts.server.ts';
import type { Letter } from '../mail/letter.ts';
import type { Compose, Sample } from '../outbox/letters.server.ts';
import { system } from '../weddings/system.ts';
import { hasPassed, type Wedding } from '../weddings/wedding.ts';
import { enumerate, firstName } from './guest.ts';
import * as readers from './readers.server.ts';

/** The invitation. Not wanted any more when nobody of the household has this address now. */
export const invitation: Compose<'invitation'> = async (mail) => {
	const found = await readers.find(mail);
	if (!found) return null;
	const { wedding, ...about } = found;
	const isHeard = (await facts.ask(system(mail.weddingId), 'recordings.count')) > 0;
	return writeInvitation(wedding, { ...about, isHeard });
};

export const invitationSample: Sample = (wedding, { language, link }) => {
	const guests = ['Maria Jansen', 'Jan Jansen', 'Sofie Jansen'].map((name) => ({ name }));
	return writeInvitation(wedding, { guests, names: ['Maria Jansen'], isHeard: true, url: link, language });
};

type Invited = {
	guests: { name: string }[];
	names: string[];
	isHeard: boolean;
	url: string;
	language: string;
};

function writeInvitation(wedding: Announced, { guests, names, isHeard, url, language }: Invited): Letter {
	const count = guests.length;
	const words = hasPassed(wedding, clock.now())
		? writeAfter(wedding, count, isHeard)
		: writeBefore(wedding, count, isHeard, language);
	const everybody = enumerate(
		guests.map(({ name }) => isolated(name)),
		language
	);
	return {
		subject: words.subject,
		from: wedding.names || m.mail_wedding_unnamed(),
		paragraphs: [
			m.mail_hello({
				name: enumerate(
					names.map((name) => isolated(firstName(name))),
					language
				)
			}),
			...words.paragraphs,
			...(count > names.length ? [nameEverybody(count, everybody)] : [])
		],
		button: { label: words.button, url },
		// not the household's name, which may be that of one of them
		footer: m.mail_invitation_footer({ household: everybody }),
		language
	};
}

function nameEverybody(count: number, everybody: string): string {
	return count === 2 ? m.mail_invitation_for_both({ everybody }) : m.mail_invitation_for({ everybody });
}

type Announced = Pick<Wedding, 'names' | 'heldOn' | 'place' | 'timeZone'>;

function writeBefore({ names, heldOn, place }: Announced, count: number, isHeard: boolean, language: string) {
	const dayAndPlace = [heldOn ? longDay(heldOn, language) : '', place].filter(Boolean).join('\n');
	const site = isHeard ? m.mail_invitation_site() : m.mail_invitation_site_silent();
	return {
		subject: m.mail_invitation_subject({ names: names || m.mail_wedding_unnamed() }),
		paragraphs: [m.mail_invitation_text({ count }), dayAndPlace, site].filter(Boolean),
		button: m.mail_invitation_button()
	};
}

/** Those who are invited when the day is over are invited to listen. */
function writeAfter({ names: given }: Announced, count: number, isHeard: boolean) {
	const names = given || m.mail_wedding_unnamed();
	const button = m.mail_login_button();
	return isHeard
		? {
				subject: m.mail_invitation_after_subject({ names }),
				paragraphs: [m.mail_invitation_after_text({ count })],
				button
			}
		: {
				subject: m.mail_invitation_after_silent_subject({ names }),
				paragraphs: [m.mail_invitation_after_silent()],
				button
			};
}
