import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as broadcast from './broadcast.server.ts';
import * as feeds from './feeds.server.ts';

const sound = Buffer.from('the sound of the waltz');
const unknown = { status: 404, code: 'feed_unknown' };

let made: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => void (made = await makeWedding()));

async function add(title: string, more: object = {}, { weddingId } = made) {
	const id = randomUUID();
	const path = join(await files.incomingDir(), id);
	await writeFile(path, sound);
	await files.keep(path, id, 'mp3');
	const kind = { originalName: 'x.mp3', format: 'mp3', mimeType: 'audio/mpeg', plays: true };
	const createdAt = new Date('2027-06-13T10:00:00Z');
	await db.recording.create({
		data: {
			...{ id, weddingId, title, position: 1, bytes: sound.length, durationSeconds: 65, state: 'ready' },
			...{ ...kind, createdAt, ...more }
		}
	});
	return id;
}

async function renewed(viewer: Viewer): Promise<string> {
	await feeds.renew(viewer);
	return (await feeds.find(viewer))!;
}

describe('an address', () => {
	it('is one person’s: the guest’s, the household’s and the couple’s are three', async () => {
		const { guest, couple, weddingId, household, stranger } = made;
		const byCard: Viewer = { role: 'guest', weddingId, householdId: household.id };
		expect(await feeds.find(guest)).toBe(null);
		const secrets = [await renewed(guest), await renewed(byCard), await renewed(couple)];
		expect(new Set(secrets).size).toBe(3);
		const own = [household.id, household.id, undefined];
		for (const [place, secret] of secrets.entries()) {
			expect(secret).toMatch(/^[\w-]{43}$/);
			// nobody's name: it only hears
			const viewer = { role: 'guest', weddingId, householdId: own[place] };
			expect((await feeds.open(stranger, secret)).viewer).toEqual(viewer);
		}
		expect((await feeds.open(stranger, secrets[0]!)).language).toBe('nl');
		expect((await feeds.open(stranger, secrets[2]!)).language).toBe('en');
	});

	it('dies when it is renewed or removed, and with it nobody else’s', async () => {
		const { guest, couple, stranger } = made;
		const kept = await renewed(couple);
		const [old, fresh] = [await renewed(guest), await renewed(guest)];
		await expect(feeds.open(stranger, old)).rejects.toMatchObject(unknown);
		await feeds.open(stranger, fresh);
		await feeds.stop(guest);
		await expect(feeds.open(stranger, fresh)).rejects.toMatchObject(unknown);
		await feeds.open(stranger, kept);
	});

	it('is one, however often it is asked for at once', async () => {
		await Promise.all([1, 2, 3, 4].map(() => feeds.renew(made.guest)));
		expect(await db.feed.count({ where: { guestId: made.riet.id } })).toBe(1);
	});

	it('is of one wedding, and nothing to strangers', async () => {
		const other = await makeWedding();
		const secret = await renewed(made.guest);
		await expect(feeds.open(other.stranger, secret)).rejects.toMatchObject(unknown);
		for (const nonsense of ['nonsense', `${secret}\0`, `${secret} `, secret.slice(1)])
			await expect(feeds.open(made.stranger, nonsense)).rejects.toMatchObject(unknown);
		expect(() => feeds.renew(made.stranger)).toThrow('401');
	});

	it('dies with the guest, with the last of the household, and with the account', async () => {
		const { weddingId, guest, couple, household, riet, stranger } = await makeWedding();
		const byCard: Viewer = { role: 'guest', weddingId, householdId: household.id };
		const [own, shared, anna] = [await renewed(guest), await renewed(byCard), await renewed(couple)];
		await db.guest.delete({ where: { id: riet.id } });
		await expect(feeds.open(stranger, own)).rejects.toMatchObject(unknown);
		await feeds.open(stranger, shared);
		await db.guest.deleteMany({ where: { householdId: household.id } });
		await expect(feeds.open(stranger, shared)).rejects.toMatchObject(unknown);
		await feeds.open(stranger, anna);
		await db.account.update({ where: { id: couple.accountId }, data: { disabledAt: new Date() } });
		await expect(feeds.open(stranger, anna)).rejects.toMatchObject(unknown);
	});
});

describe('what it tells', () => {
	let ids: string[];
	let secret: string;
	let weddingRow: Wedding;
	let feed: feeds.Feed;
	beforeAll(async () => {
		made = await makeWedding('Anna & Ben <3');
		const facts = {
			moment: 'Diner',
			speaker: 'Oma\0 "Riet"'.replace('\0', '\x07'),
			recordedOn: new Date('2027-06-12')
		};
		ids = [
			await add('De wals & meer', { ...facts, position: 2 }),
			await add('Geheim', { isHidden: true, position: 3 }),
			await add('Later', { state: 'processing', position: 4 })
		];
		weddingRow = (await db.wedding.findUnique({ where: { id: made.weddingId } })) as unknown as Wedding;
		secret = await renewed(made.couple);
		feed = { ...(await feeds.open(made.stranger, secret)), language: 'nl' };
	});

	it('is what can be heard, in the language of whoever has it', async () => {
		const answer = await broadcast.write(feed, weddingRow, secret);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-type': 'application/rss+xml; charset=utf-8',
			'cache-control': 'private, no-store',
			'x-robots-tag': 'noindex, nofollow',
			'referrer-policy': 'no-referrer'
		});
		const text = await answer.text();
		const place = `http://${made.mark}.example/feed/${secret}`;
		expect(text).toContain('<title>De opnames van de bruiloft van Anna &amp; Ben &lt;3</title>');
		expect(text).toContain('<language>nl</language>');
		expect(text).toContain('<itunes:block>Yes</itunes:block>');
		expect(text.match(/<item>/g)).toHaveLength(1);
		expect(text).toContain('<title>De wals &amp; meer</title>');
		expect(text).toContain('<description>Diner · Oma &quot;Riet&quot; · 12 juni 2027</description>');
		expect(text).toContain(`<guid isPermaLink="false">${ids[0]}</guid>`);
		expect(text).toContain('<pubDate>Sun, 13 Jun 2027 10:00:00 GMT</pubDate>');
		expect(text).toContain('<itunes:duration>1:05</itunes:duration>');
		expect(text).toContain(`<enclosure url="${place}/${ids[0]}.mp3" length="22" type="audio/mpeg"/>`);
		expect(text).not.toMatch(/Geheim|Later|stars|sterren/);
	});

	it('shows a picture by the same secret, and none of what is not in it', async () => {
		const path = join(await files.incomingDir(), randomUUID());
		await writeFile(path, 'a picture');
		await files.keepCopy(path, ids[0]!, 'cover.jpg');
		await db.recording.updateMany({ where: { id: { in: ids } }, data: { hasCover: true } });
		const place = `http://${made.mark}.example/feed/${secret}`;
		const text = await (await broadcast.write(feed, weddingRow, secret)).text();
		expect(text).toContain(`<itunes:image href="${place}/${ids[0]}.jpg"/>`);
		const ask = (id: string) => broadcast.picture(feed, id, new Request('http://localhost/'));
		const picture = await ask(ids[0]!);
		expect([picture.headers.get('cache-control'), await picture.text()]).toEqual([
			...['private, no-store', 'a picture']
		]);
		await expect(ask(ids[1]!)).rejects.toMatchObject({ status: 404 });
	});

	it('plays in parts, and only what is in it', async () => {
		const ask = (id: string, headers: Record<string, string> = {}, method = 'GET') =>
			broadcast.play(feed, id, new Request('http://localhost/', { headers, method }));
		const part = await ask(ids[0]!, { range: 'bytes=4-8' });
		expect([part.status, await part.text()]).toEqual([206, 'sound']);
		const head = await ask(ids[0]!, {}, 'HEAD');
		expect(head.headers.get('content-length')).toBe('22');
		expect(head.headers.get('cache-control')).toBe('private, no-store');
		await expect(ask(ids[1]!)).rejects.toMatchObject({ status: 404 });
		await expect(ask(await add('Elsewhere', {}, await makeWedding()))).rejects.toMatchObject({ status: 404 });
	});
});
