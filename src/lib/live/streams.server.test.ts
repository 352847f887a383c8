import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDinner } from '../../testing/dinner.ts';
import { acceptJobs, makeSession, makeWedding } from '../../testing/fixtures.ts';
import { after, HOUR } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import { digest, makeSecret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as lines from '../rsvp/lines.server.ts';
import { Answers } from '../rsvp/reply.schema.ts';
import * as replies from '../rsvp/replies.server.ts';
import * as streams from './streams.server.ts';

beforeAll(() => acceptJobs());
afterAll(() => streams.stop());

async function signedIn({ couple }: { couple: Viewer }): Promise<Viewer> {
	const { weddingId, accountId } = couple;
	const data = { weddingId, accountId, secretHash: digest(makeSecret()), expiresAt: after(HOUR) };
	return { ...couple, sessionId: (await db.session.create({ data })).id };
}

/** Reads until `text` has come; what came is given back, also where the stream has ended. */
async function read(stream: ReadableStream<Uint8Array>, text: string): Promise<string> {
	const reader = stream.getReader();
	let come = '';
	while (!come.includes(text)) {
		const { value, done } = await reader.read();
		if (done) break;
		come += new TextDecoder().decode(value);
	}
	reader.releaseLock();
	return come;
}

it('tells the couple that a household has answered, and how it stood at first', async () => {
	const dinner = await makeDinner();
	const couple = await signedIn(dinner);
	const stream = await streams.open(couple);
	expect(await read(stream, 'event: answers\nid: 0')).toMatch(
		/event: answers\nid: 0$|event: answers\nid: 0\n/
	);
	const { version, song, message } = await replies.getOwn(dinner.guest);
	const said = { [dinner.id]: { [dinner.riet.id]: { state: 'yes' } } };
	await replies.answer(dinner.guest, Answers.parse({ version, song, message, replies: said }));
	const now = await lines.version(couple);
	expect(now).not.toBe('0');
	expect(await read(stream, `data: ${now}\n\n`)).toContain('event: answers');
	// who was away meanwhile hears at once
	expect(await read(await streams.open(couple), `data: ${now}\n\n`)).toContain(now);
});

it('tells a guest, a helper and another couple nothing of it, and a stranger not even that it is there', async () => {
	const [dinner, other] = [await makeDinner(), await makeDinner()];
	const guest = { ...dinner.guest, sessionId: await makeSession(dinner.guest, dinner.riet.id) };
	const listening = [guest, dinner.helper, await signedIn(other)];
	const opened = await Promise.all(listening.map((viewer) => streams.open(viewer)));
	const { version, song, message } = await replies.getOwn(dinner.guest);
	const said = { [dinner.id]: { [dinner.riet.id]: { state: 'no' } } };
	await replies.answer(dinner.guest, Answers.parse({ version, song, message, replies: said }));
	const now = await lines.version(dinner.couple);
	// a couple of this wedding has heard of it: so would they have
	await read(await streams.open(await signedIn(dinner)), now);
	await streams.stop();
	for (const stream of opened) expect(await read(stream, now)).not.toContain(now);
	await expect(streams.open(dinner.stranger)).rejects.toMatchObject({ status: 401 });
});

it('is open three times for one person; a fourth is refused until one has ended', async () => {
	const { guest } = await makeWedding();
	const opened = [await streams.open(guest), await streams.open(guest), await streams.open(guest)];
	await expect(streams.open(guest)).rejects.toMatchObject({ status: 429 });
	await opened[0]!.cancel();
	await streams.open(guest);
});

it('ends within five seconds when the guest is removed', async () => {
	const { guest, riet } = await makeWedding();
	const sessionId = await makeSession(guest, riet.id);
	const stream = await streams.open({ ...guest, sessionId });
	const began = performance.now();
	await db.guest.delete({ where: { id: riet.id } });
	expect(await read(stream, 'nothing')).not.toContain('nothing');
	expect(performance.now() - began).toBeLessThan(5500);
}, 10_000);
