import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { all, furnish } from '../kernel/domain.ts';
import type { Letter } from '../mail/letter.ts';
import * as letters from './letters.server.ts';
import type { Mail } from './message.ts';
import type { Category, Reason } from './suppression.ts';
import * as suppressions from './suppressions.server.ts';

const letter = { subject: 'Hi', language: 'en' } as Letter;
const compose = vi.fn(async () => letter);
const said = { compose, sample: () => letter };
const KINDS = { login: 'login', answers: 'answers', news: 'invitation', reminders: 'place' } as const;

let wedding: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => {
	wedding = await makeWedding();
	const kinds = {
		login: { ...said, isAskedFor: true },
		answers: said,
		invitation: { ...said, category: 'news' as const },
		place: { ...said, category: 'reminders' as const }
	};
	furnish([{ name: 'test', uses: [], letters: kinds }, ...all()]);
});

const mail = (kind: keyof typeof KINDS, address: string, weddingId = wedding.weddingId) =>
	({ kind: KINDS[kind], address, weddingId, language: 'en' }) as unknown as Mail;

describe.each<[Reason, (Category | 'all')[], (keyof typeof KINDS)[]]>([
	['bounced', ['all'], ['login']],
	['complained', ['all'], ['login']],
	['unsubscribed', ['news', 'reminders'], ['login', 'answers']],
	['unsubscribed', ['news'], ['login', 'answers', 'reminders']],
	['unsubscribed', ['reminders'], ['login', 'answers', 'news']]
])('an address that has %s from %j', (reason, categories, expected) => {
	it(`still gets ${expected.join(', ')}, and the rest is not even composed`, async () => {
		const address = `${crypto.randomUUID()}@example.org`;
		await suppressions.add(wedding.weddingId, { address: address.toUpperCase(), reason, categories });
		for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
			compose.mockClear();
			const isExpected = expected.includes(kind);
			expect(await letters.write(mail(kind, address)), kind).toMatchObject(
				isExpected ? letter : { skipped: reason }
			);
			expect(compose).toHaveBeenCalledTimes(isExpected ? 1 : 0);
		}
		const { weddingId } = await makeWedding();
		expect(await letters.write(mail('news', address, weddingId))).toMatchObject(letter);
	});
});

describe('a suppression', () => {
	const address = `${crypto.randomUUID()}@example.org`;
	const own = { address, reason: 'unsubscribed' as const, categories: ['news' as const] };
	const isNewsSuppressed = async () =>
		(await suppressions.find(wedding.weddingId))(address, 'news') === 'unsubscribed';

	it('is lifted, and is not brought back by news from before that', async () => {
		const before = new Date(Date.now() - 60_000);
		await suppressions.add(wedding.weddingId, { ...own, at: before });
		expect(await isNewsSuppressed()).toBe(true);
		await suppressions.lift(wedding.weddingId, own);
		expect(await isNewsSuppressed()).toBe(false);
		await suppressions.add(wedding.weddingId, { ...own, at: before });
		expect(await isNewsSuppressed()).toBe(false);
		await suppressions.add(wedding.weddingId, own);
		expect(await isNewsSuppressed()).toBe(true);
	});

	it('of one reason says nothing of another, and the graver one is told', async () => {
		await suppressions.add(wedding.weddingId, { address, reason: 'bounced', categories: ['all'] });
		await suppressions.add(wedding.weddingId, { address, reason: 'complained', categories: ['all'] });
		const lookup = await suppressions.find(wedding.weddingId);
		expect([lookup(address), lookup(address, 'news')]).toEqual(['complained', 'complained']);
		await suppressions.lift(wedding.weddingId, { address, reason: 'bounced', categories: ['all'] });
		expect((await suppressions.find(wedding.weddingId))(address)).toBe('complained');
	});
});
