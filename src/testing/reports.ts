import { createHmac } from 'node:crypto';

/** As MailerSend signs what it posts. */
export const sign = (body: string | Buffer, secret = 'signed') =>
	createHmac('sha256', secret).update(body).digest('hex');

type Of = { tag?: string; messageId?: string; reason?: string; at?: string };

/** A report as MailerSend writes it, of either version. */
export function report(type: string, { tag, messageId, reason, at }: Of, version: 1 | 2 = 1): object {
	const head = { type, domain_id: 'vz9dlemvn7n4kj50', created_at: at ?? new Date().toISOString() };
	const data = { id: '62f114f8165fe0d8db0288e5', type: type.replace('activity.', '') };
	const tags = tag ? [tag] : [];
	if (version === 2) {
		const own = { message_id: messageId, email: 'riet@example.org', tags, meta: reason ? { reason } : [] };
		return { ...head, data: { ...data, ...own } };
	}
	const email = {
		...{ object: 'email', subject: 'Café  au lait', status: 'sent', tags: tags.length ? tags : null },
		...{ message: { object: 'message', id: messageId }, recipient: { email: 'riet@example.org' } }
	};
	return { ...head, data: { object: 'activity', ...data, email, morph: reason ? { reason } : null } };
}
