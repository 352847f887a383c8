import type { Prisma } from '../../prisma/client/client.ts';
import { db } from '#lib/kernel/db/db.server.ts';
import type { Mail } from '#lib/outbox/message.ts';

/*
 * For tests: a message and its only delivery as one row, to be written and looked at.
 */

type Row = Mail & {
	reason: string | null;
	sentAt: Date | null;
	/** of login mails */
	nonceHash: Uint8Array | null;
	next: string;
};
type Data = Partial<Omit<Row, 'id' | 'messageId'>>;
type Wanted = Pick<Row, 'weddingId' | 'kind' | 'address' | 'language'> & Data;
export type Where = Partial<
	Pick<Row, 'id' | 'weddingId' | 'kind' | 'address' | 'householdId' | 'guestId' | 'accountId' | 'state'>
>;

const OF_DELIVERY = new Set(['id', 'address', 'name', 'state', 'reason', 'sentAt']);

const OF_REQUEST = new Set(['nonceHash', 'next']);

function split(row: object) {
	const entries = Object.entries(row).filter(([, value]) => value !== undefined);
	const pick = (isWanted: (name: string) => boolean) =>
		Object.fromEntries(entries.filter(([name]) => isWanted(name)));
	return {
		delivery: pick((name) => OF_DELIVERY.has(name)),
		message: pick((name) => !OF_DELIVERY.has(name) && !OF_REQUEST.has(name)),
		request: pick((name) => OF_REQUEST.has(name))
	};
}

const filter = (where: Where): Prisma.DeliveryWhereInput => {
	const { delivery, message } = split(where);
	return { ...delivery, message };
};

export async function create(row: Wanted): Promise<Row> {
	const { delivery, message, request } = split(row);
	// one that was written long ago was to leave then
	const data = { sendAfter: row.createdAt, ...message } as Prisma.MessageUncheckedCreateInput;
	const { id: messageId } = await db.message.create({ data });
	if (row.kind === 'login')
		await db.loginRequest.create({ data: { ...request, messageId, weddingId: row.weddingId } });
	const own = { ...delivery, messageId, weddingId: row.weddingId } as Prisma.DeliveryUncheckedCreateInput;
	const { id } = await db.delivery.create({ data: own });
	return get({ id });
}

/** Oldest first. */
export async function list(where: Where = {}): Promise<Row[]> {
	const found = await db.delivery.findMany({
		...{ where: filter(where), include: { message: { include: { loginRequest: true } } } },
		orderBy: [{ message: { createdAt: 'asc' } }, { id: 'asc' }]
	});
	return found.map(({ message: { loginRequest, ...message }, channel: _, ...delivery }) => {
		const { nonceHash = null, next = '/' } = loginRequest ?? {};
		return { ...message, ...delivery, nonceHash, next } as unknown as Row;
	});
}

/** The first; throws where there is none. */
export async function get(where: Where): Promise<Row> {
	const [mail] = await list(where);
	if (!mail) throw new Error(`no mail ${JSON.stringify(where)}`);
	return mail;
}

export const count = (where: Where = {}) => db.delivery.count({ where: filter(where) });

export async function update(where: Where, data: Data): Promise<void> {
	const { delivery, message } = split(data);
	const found = await list(where);
	const both = 'createdAt' in message ? { sendAfter: data.createdAt, ...message } : message;
	await db.delivery.updateMany({ where: { id: { in: found.map(({ id }) => id) } }, data: delivery });
	await db.message.updateMany({ where: { id: { in: found.map(({ messageId }) => messageId) } }, data: both });
}

export async function remove(where: Where): Promise<void> {
	const found = await list(where);
	await db.message.deleteMany({ where: { id: { in: found.map(({ messageId }) => messageId) } } });
}

/** As if they had been written so much earlier: `61 minutes`. */
export const age = (where: Where, by: string) =>
	list(where).then((found) =>
		db.$executeRawUnsafe(
			`UPDATE message SET created_at = created_at - $2::interval, send_after = send_after - $2::interval
			WHERE id = ANY($1::uuid[])`,
			found.map(({ messageId }) => messageId),
			by
		)
	);
