import { db } from '#lib/kernel/db/db.server.ts';
import { type Letter, writeText } from '#lib/mail/letter.ts';
import type { Audience } from '#lib/messages/audience.ts';
import * as mailings from '#lib/messages/mailings.server.ts';
import * as sending from '#lib/messages/sending.server.ts';
import * as letters from '#lib/outbox/letters.server.ts';
import type { Mail } from '#lib/outbox/message.ts';
import { find } from '#lib/outbox/outbox.server.ts';
import * as households from '#lib/people/households.server.ts';
import type { makeWedding } from './fixtures.ts';
import * as letterbox from './letterbox.ts';

export const words = {
	version: '',
	subject: { en: 'Later', nl: 'Later' } as Record<string, string>,
	text: {
		en: 'Dear {first_names},\n\nCome at eight: {link}',
		nl: 'Lieve {first_names},\n\nKom **om acht**: {link}'
	} as Record<string, string>
};
export type Words = typeof words;

type Made = Pick<Awaited<ReturnType<typeof makeWedding>>, 'couple' | 'mark' | 'weddingId'>;

/** For tests: what a couple does with what it writes, at this wedding. */
export function writer({ couple, mark, weddingId }: Made) {
	const seen = async (id: string) => (await sending.findReach(couple, await mailings.get(couple, id))).digest;
	return {
		async draft(audience: Audience = { to: 'everybody' }, more: Partial<Words> = {}): Promise<string> {
			const id = await mailings.add(couple, { id: crypto.randomUUID(), ...words, ...more });
			await mailings.address(couple, id, audience);
			return id;
		},
		seen,
		send: async (id: string) => sending.send(couple, id, await seen(id)),
		mails: () => letterbox.list({ weddingId }),
		add: (name: string, language = 'en', email = `${name}-${mark}@example.org`) =>
			households.add(couple, { name, language, guests: [{ name, email: email || undefined }] }),
		/** As if its moment had come. */
		makeDue: (id: string) =>
			db.$executeRaw`UPDATE mailing SET send_at = now() - interval '1 s' WHERE id = ${id}::uuid`
	};
}

/** As it leaves now; throws where it does not. */
export async function compose({ id }: { id: string }): Promise<Letter> {
	const letter = await letters.write((await find(id)) as Mail);
	if ('skipped' in letter) throw new Error(letter.skipped);
	return letter;
}

/** Its subject, and below it all that it says. */
export async function read(mail: { id: string }): Promise<string> {
	const letter = await compose(mail);
	return `${letter.subject}\n${writeText(letter)}`;
}
