import { isSameAddress } from '../kernel/address.ts';
import { db } from '../kernel/db.server.ts';
import { clock } from '../kernel/clock.ts';
import { m } from '../i18n/compiled/messages.js';
import { longDay } from '../i18n/format.ts';
import type { Compose } from '../mail/jobs.server.ts';
import { hasPassed, type Wedding } from '../weddings/wedding.ts';
import { addressees, enumerated } from './guest.ts';
import { link } from './invitations.server.ts';

/** The invitation. Not wanted any more when nobody of the household has this address now. */
export const invitation: Compose = async (mail) => {
	const { weddingId, language } = mail;
	const household = await db.household.findUnique({
		where: { id: mail.householdId!, weddingId },
		include: { wedding: true, guests: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } }
	});
	const readers = addressees(household?.guests ?? []);
	const reader = readers.find(({ address }) => isSameAddress(address, mail.address));
	if (!household || !reader) return null;

	const { wedding, guests } = household;
	const words = hasPassed(wedding, clock.now()) ? after(wedding) : before(wedding, guests.length, language);
	const everybody = enumerated(
		guests.map(({ name }) => name),
		language
	);
	return {
		subject: words.subject,
		from: wedding.names || m.mail_wedding_unnamed(),
		paragraphs: [
			m.mail_hello({ name: enumerated(reader.names, language) }),
			...words.paragraphs,
			...(guests.length > reader.names.length ? [m.mail_invitation_for({ everybody })] : [])
		],
		button: { label: words.button, url: link(household.code) },
		footer: m.mail_invitation_footer({ household: household.name }),
		language
	};
};

type Announced = Pick<Wedding, 'names' | 'heldOn' | 'place'>;

function before({ names, heldOn, place }: Announced, count: number, language: string) {
	const when = [heldOn ? longDay(heldOn, language) : '', place].filter(Boolean).join('\n');
	return {
		subject: m.mail_invitation_subject({ names: names || m.mail_wedding_unnamed() }),
		paragraphs: [m.mail_invitation_text({ count }), when, m.mail_invitation_site()].filter(Boolean),
		button: m.mail_invitation_button()
	};
}

/** Those who are invited when the day is over are invited to listen. */
function after({ names }: Announced) {
	return {
		subject: m.mail_invitation_after_subject({ names: names || m.mail_wedding_unnamed() }),
		paragraphs: [m.mail_invitation_after_text()],
		button: m.mail_login_button()
	};
}
