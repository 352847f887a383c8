import { beforeAll, describe, expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { db } from '../kernel/db/db.server.ts';
import * as listened from './listened.server.ts';
import * as programme from './programme.server.ts';
import { Place } from './recording.schema.ts';

const refusal = (status: number, code: string) => expect.objectContaining({ status, code });
type Wedding = Awaited<ReturnType<typeof makeWedding>>;
let here: Wedding;
let elsewhere: Wedding;
let shown: string;
let hidden: string;

async function record(weddingId: string, isHidden: boolean): Promise<string> {
	const file = {
		originalName: 'a.mp3',
		format: 'mp3',
		mimeType: 'audio/mpeg',
		plays: true,
		bytes: 1,
		state: 'ready' as const
	};
	const data = { weddingId, title: 'Toast', position: 1, durationSeconds: 100, isHidden, ...file };
	return (await db.recording.create({ data })).id;
}

/** As the list says it. */
const heard = async (viewer: Viewer) => (await programme.list(viewer)).find(({ id }) => id === shown)!.heard;

const at = (seconds: number, finished = false) => ({ seconds, finished });

beforeAll(async () => {
	[here, elsewhere] = await Promise.all([makeWedding(), makeWedding()]);
	shown = await record(here.weddingId, false);
	hidden = await record(here.weddingId, true);
});

describe('where somebody stopped', () => {
	it('is kept for each guest, the last place counts, and the list knows it', async () => {
		await listened.keep(here.guest, shown, at(12.5));
		await listened.keep(here.guest, shown, at(63));
		const wim = { ...here.guest, guestId: here.wim.id };
		await listened.keep(wim, shown, at(7));
		expect(await heard(here.guest)).toEqual({ seconds: 63, isFinished: false });
		expect(await heard(wim)).toEqual({ seconds: 7, isFinished: false });
		expect(await heard(here.couple)).toBeNull();
	});

	it('is the household’s own where it came in with its card', async () => {
		const card = { ...here.guest, guestId: undefined };
		expect(await heard(card)).toBeNull();
		await listened.keep(card, shown, at(31));
		await listened.keep(card, shown, at(33));
		expect(await heard(card)).toEqual({ seconds: 33, isFinished: false });
		expect(await heard(here.guest)).toMatchObject({ seconds: 63 });
	});

	it('is the beginning once it was heard to the end, which stays known', async () => {
		await listened.keep(here.guest, shown, at(100, true));
		expect(await heard(here.guest)).toEqual({ seconds: 0, isFinished: true });
		await listened.keep(here.guest, shown, at(5));
		expect(await heard(here.guest)).toEqual({ seconds: 5, isFinished: true });
	});

	it('is refused for what is hidden, of another wedding or another household, and for the couple', async () => {
		const unknown = refusal(404, 'recording_unknown');
		await expect(listened.keep(here.guest, hidden, at(1))).rejects.toThrow(unknown);
		await expect(listened.keep(elsewhere.guest, shown, at(1))).rejects.toThrow(unknown);
		const stray = { ...here.guest, guestId: elsewhere.riet.id };
		await expect(listened.keep(stray, shown, at(1))).rejects.toThrow(unknown);
		await expect(listened.keep(here.couple, shown, at(1))).rejects.toThrow(refusal(403, 'not_allowed'));
		await expect(listened.keep(here.stranger, shown, at(1))).rejects.toThrow(refusal(401, 'sign_in'));
	});

	it('is a time that a recording can have', () => {
		for (const seconds of ['-1', 'NaN', '1e9', ''.padEnd(3, 'x')])
			expect(Place.safeParse({ seconds }).success, seconds).toBe(false);
		expect(Place.parse({ seconds: '12.25', finished: 'on' })).toEqual({ seconds: 12.25, finished: true });
	});
});
