import { beforeEach, expect, it } from 'vitest';
import { makeRecordings, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as moments from './moments.server.ts';
import * as recordings from './recordings.server.ts';

const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

let here: Awaited<ReturnType<typeof makeWedding>>;
let ids: Record<string, string>;

beforeEach(async () => {
	here = await makeWedding();
	const titles = ['vows', 'rings', 'toast', 'waltz'];
	const made = await makeRecordings(here.weddingId, titles);
	ids = Object.fromEntries(titles.map((title, index) => [title, made[index]!]));
	const of = (moment: string, ...named: string[]) =>
		db.recording.updateMany({ where: { id: { in: named.map((title) => ids[title]!) } }, data: { moment } });
	await Promise.all([of('Ceremony', 'vows', 'rings'), of('Dinner', 'toast')]);
});

/** `Ceremony: vows rings | Dinner: toast` */
const list = async () => {
	const found = await moments.list(here.couple);
	const lines = found.map(({ name, recordings }) => [name, recordings.map(({ title }) => title).join(' ')]);
	return lines.map((line) => line.join(': ')).join(' | ');
};
const seen = async (name: string) => {
	const { recordings, version } = (await moments.list(here.couple)).find((moment) => moment.name === name)!;
	return { firstId: recordings[0]!.id, version };
};
const move = async (name: string, to: 'up' | 'down') => {
	const { firstId, version } = await seen(name);
	await moments.move(here.couple, firstId, { to, version });
};
const rename = async (name: string, after: string) => {
	const { firstId, version } = await seen(name);
	await moments.rename(here.couple, firstId, { name: after, version });
};

it('moves with all that stands in it, and not past the ends', async () => {
	await move('Dinner', 'up');
	expect(await list()).toBe('Dinner: toast | Ceremony: vows rings | : waltz');
	await move('Dinner', 'up');
	await move('Ceremony', 'down');
	await move('Ceremony', 'down');
	expect(await list()).toBe('Dinner: toast | : waltz | Ceremony: vows rings');
	const places = await db.recording.findMany({
		where: { weddingId: here.weddingId },
		orderBy: { position: 'asc' }
	});
	expect(places.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
});

it('is renamed, and goes along with one that is called so', async () => {
	await rename('Ceremony', 'In church');
	expect(await list()).toBe('In church: vows rings | Dinner: toast | : waltz');
	await rename('In church', '');
	expect(await list()).toBe('Dinner: toast | : waltz vows rings');
	const [entry] = await db.auditEntry.findMany({
		where: { weddingId: here.weddingId },
		orderBy: { id: 'asc' }
	});
	expect(entry).toMatchObject({
		...{ action: 'moment.renamed', subjectId: ids.vows },
		data: { before: 'Ceremony', after: 'In church' }
	});
});

it('is changed in two places, and the second hears of it', async () => {
	const { firstId, version } = await seen('Dinner');
	await rename('Dinner', 'Supper');
	const changed = refusal(409, 'moment_changed');
	await expect(moments.rename(here.helper, firstId, { name: 'Lunch', version })).rejects.toEqual(changed);
	await expect(moments.move(here.helper, firstId, { to: 'up', version })).rejects.toEqual(changed);
	expect(await list()).toBe('Ceremony: vows rings | Supper: toast | : waltz');
});

it('is nobody else’s', async () => {
	const { firstId, version } = await seen('Dinner');
	const other = await makeWedding();
	const named = { name: 'Mine', version };
	await expect(moments.rename(other.couple, firstId, named)).rejects.toEqual(refusal(409, 'moment_changed'));
	expect(() => moments.rename(here.guest, firstId, named)).toThrow('403');
	expect(() => moments.move(here.stranger, firstId, { to: 'up', version })).toThrow('401');
});

it('takes in what is moved there, dropped there, named so, or comes last', async () => {
	const { couple } = here;
	await recordings.move(couple, ids.toast!, { to: 'up' });
	expect(await list()).toBe('Ceremony: vows rings toast | : waltz');
	await recordings.move(couple, ids.vows!, { to: 4, joins: ids.waltz });
	expect(await list()).toBe('Ceremony: rings toast | : waltz vows');
	const words = { speaker: '', recordedOn: null };
	await recordings.edit(couple, ids.rings!, { ...words, title: 'rings', moment: 'Party' });
	expect(await list()).toBe('Ceremony: toast | Party: rings | : waltz vows');
	await recordings.edit(couple, ids.vows!, { ...words, title: 'vows', moment: 'Ceremony' });
	expect(await list()).toBe('Ceremony: toast vows | Party: rings | : waltz');
});

it('takes in nothing that comes to stand elsewhere than where it was dropped', async () => {
	const far = recordings.move(here.couple, ids.waltz!, { to: 1, joins: ids.toast });
	await expect(far).rejects.toEqual(refusal(409, 'recording_moved'));
	expect(await list()).toBe('Ceremony: vows rings | Dinner: toast | : waltz');
});
