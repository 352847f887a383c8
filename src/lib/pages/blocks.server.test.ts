import { beforeEach, describe, expect, it } from 'vitest';
import { editHousehold, makeWedding } from '../../testing/fixtures.ts';
import { inLanguage } from '../i18n/language.server.ts';
import { DAY } from '../kernel/clock.ts';
import { db, now } from '../kernel/db/db.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as tags from '../people/tags.server.ts';
import { gather, listFields } from './block.ts';
import { BlockDetails, RemovedBlock } from './block.schema.ts';
import * as blocks from './blocks.server.ts';
import * as shown from './shown.server.ts';

const form = { kind: 'stay', title: {}, text: { en: 'An inn' }, visibleOn: '' };
const described = (more: object = {}) => BlockDetails.parse({ ...form, ...more });

/** Riet is of the family, Henk is not. */
async function make() {
	const made = await makeWedding();
	const { couple, household, weddingId } = made;
	const { name, language } = household;
	await editHousehold(couple, household.id, { name, language, guests: [], tags: ['Family'] });
	const home = { name: 'Henk', language: 'nl', guests: [{ name: 'Henk' }], tags: ['Work'] };
	const henk: Viewer = {
		...{ role: 'guest', weddingId, householdId: await households.add(couple, home) }
	};
	const [family, work] = (await tags.list(couple)).map(({ id }) => id) as [string, string];
	return { ...made, henk, family, work };
}

let made: Awaited<ReturnType<typeof make>>;
beforeEach(async () => void (made = await make()));

const add = (more?: object) => blocks.add(made.couple, described(more));
const texts = async (viewer: Viewer, language = 'en') =>
	(await inLanguage(language, () => shown.list(viewer, language))).map(({ html }) => html);
/** Of the wedding's calendar. */
async function dayIn(days: number): Promise<string> {
	const { timeZone } = await db.wedding.findUniqueOrThrow({ where: { id: made.weddingId } });
	const then = new Date((await now()).getTime() + days * DAY * 1000);
	return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(then);
}

describe('what the couple adds', () => {
	it('is read in one’s language, else in the one that there is, below a heading', async () => {
		await add({ text: { en: '# Inn\n\n*near*', nl: '# Herberg' } });
		await add({ kind: 'text', title: { nl: 'Kinderen' }, text: { nl: '# Graag' } });
		await add({ kind: 'text', text: { en: '# High' } });
		const read = async (language: string) =>
			(await inLanguage(language, () => shown.list(made.guest, language))).map(({ title, html }) => [
				title,
				html
			]);
		expect(await read('en')).toEqual([
			['Where to stay', '<h3>Inn</h3>\n<p><em>near</em></p>'],
			['Kinderen', '<h3>Graag</h3>'],
			['', '<h2>High</h2>']
		]);
		expect(await read('nl')).toEqual([
			['Overnachten', '<h3>Herberg</h3>'],
			['Kinderen', '<h3>Graag</h3>'],
			['', '<h2>High</h2>']
		]);
	});

	it.each<[string, () => object | Promise<object>, boolean, boolean]>([
		['everything of', () => ({}), true, true],
		['nothing that is off the page of', () => ({ isHidden: 'on' }), false, false],
		['what begins today of', async () => ({ visibleOn: await dayIn(0) }), true, true],
		['nothing that begins tomorrow of', async () => ({ visibleOn: await dayIn(1) }), false, false],
		['what is for their group of', () => ({ onlyFor: { [made.family]: 'on' } }), true, false],
		[
			'what is for one of their groups of',
			() => ({ onlyFor: { [made.family]: 'on', [made.work]: 'on' } }),
			true,
			true
		],
		[
			'nothing for their group that is off the page of',
			() => ({ onlyFor: { [made.family]: 'on' }, isHidden: 'on' }),
			false,
			false
		]
	])('guests have %s the couple’s page', async (_, more, forRiet, forHenk) => {
		await add(await more());
		const { guest, henk, helper, couple } = made;
		expect((await texts(guest)).length).toBe(Number(forRiet));
		expect((await texts(henk)).length).toBe(Number(forHenk));
		for (const viewer of [helper, couple])
			expect((await texts(viewer)).length).toBe(Number(forRiet || forHenk));
		expect(await texts((await makeWedding()).guest)).toEqual([]);
	});

	it('stands in the couple’s order, and moves as far as there are places', async () => {
		const [a, b, c] = [await add({ text: { en: 'a' } }), await add({ text: { en: 'b' } }), await add()];
		const order = async () => (await blocks.list(made.couple)).map(({ id }) => id);
		expect(await order()).toEqual([a, b, c]);
		await blocks.move(made.couple, a, 'down');
		expect(await order()).toEqual([b, a, c]);
		for (const _ of [1, 2, 3]) await blocks.move(made.couple, c, 'up');
		expect(await order()).toEqual([c, b, a]);
		await blocks.move(made.couple, a, 'down');
		expect(await order()).toEqual([c, b, a]);
		expect((await texts(made.guest))[1]).toBe('<p>b</p>');
	});

	it('comes back as it was, where it was, once it is removed', async () => {
		const [first, second, third] = [
			await add(),
			await add({
				...{ kind: 'question', title: { nl: 'Waar?' }, text: { en: ' a\r\n\r\nb', nl: 'c' } },
				...{ visibleOn: '2066-06-01', isHidden: 'on', onlyFor: { [made.family]: 'on' } }
			}),
			await add()
		];
		const { id: _, ...before } = await blocks.get(made.couple, second);
		const { position, pictures, ...removed } = await blocks.remove(made.couple, second);
		expect([removed, pictures]).toEqual([before, []]);
		const back: Record<string, unknown> = { position: String(position) };
		for (const [name, value] of listFields(removed)) {
			const [part, key] = name.split('.') as [string, string | undefined];
			if (key) back[part] = { ...(back[part] as object), [key]: value };
			else back[part] = value;
		}
		const { position: place, pictures: shown, ...details } = RemovedBlock.parse(back);
		const id = await blocks.add(made.couple, details, { position: place, pictures: shown });
		expect((await blocks.list(made.couple)).map((one) => one.id)).toEqual([first, id, third]);
		expect(await blocks.get(made.couple, id)).toEqual({ id, ...before });
	});

	it('goes off the page and comes back to it', async () => {
		const id = await add();
		await blocks.setHidden(made.couple, id, true);
		expect(await texts(made.guest)).toEqual([]);
		await blocks.setHidden(made.couple, id, false);
		expect(await texts(made.guest)).toHaveLength(1);
	});

	it('goes with its group into another, and keeps it from being removed', async () => {
		const { couple, family, work, henk, guest } = made;
		const id = await add({ onlyFor: { [family]: 'on' } });
		await expect(tags.remove(couple, family)).rejects.toMatchObject({ status: 409, code: 'tag_read' });
		await tags.merge(couple, family, work);
		expect((await blocks.get(couple, id)).onlyFor).toEqual([work]);
		expect([await texts(guest), await texts(henk)].map(({ length }) => length)).toEqual([1, 1]);
		await expect(add({ onlyFor: { [family]: 'on' } })).rejects.toMatchObject({ code: 'tag_gone' });
	});

	it('is at most forty', async () => {
		const { weddingId, couple } = made;
		const row = { weddingId, kind: 'text' as const, text: {} };
		await db.block.createMany({ data: Array.from({ length: 40 }, (_, position) => ({ ...row, position })) });
		await expect(blocks.add(couple, described())).rejects.toMatchObject({ code: 'blocks_many' });
	});

	it('is for the couple to change, each of its own wedding', async () => {
		const id = await add();
		const acts: ((viewer: Viewer) => Promise<unknown>)[] = [
			(viewer) => blocks.edit(viewer, id, described({ text: { en: 'x' } })),
			(viewer) => blocks.move(viewer, id, 'up'),
			(viewer) => blocks.setHidden(viewer, id, true),
			(viewer) => blocks.remove(viewer, id),
			(viewer) => blocks.get(viewer, id)
		];
		const { couple: others } = await makeWedding();
		for (const act of acts) {
			for (const viewer of [made.guest, made.helper])
				await expect((async () => act(viewer))()).rejects.toMatchObject({ status: 403 });
			await expect(act(others)).rejects.toMatchObject({ status: 404, code: 'block_not_found' });
		}
		expect(await texts(made.guest)).toEqual(['<p>An inn</p>']);
		for (const viewer of [made.guest, made.helper])
			expect(() => shown.preview(viewer, described(), ['en'])).toThrow('not_allowed');
	});
});

it.each<[string, object, Record<string, string>]>([
	['no text', { text: { en: ' ', nl: '' } }, { 'text.en': 'required' }],
	['a question without words', { kind: 'question' }, { 'title.en': 'required' }],
	['another kind', { kind: 'gifts' }, { kind: 'choose' }],
	['a day that is none', { visibleOn: '2066-02-31' }, { visibleOn: 'date' }],
	['too much', { text: { en: 'x'.repeat(6001) } }, { 'text.en': 'too_long' }],
	['a group that is none', { onlyFor: { x: 'on' } }, { 'onlyFor.x': 'Invalid key in record' }]
])('refuses %s', (_, more, issues) => {
	const { error } = BlockDetails.safeParse({ ...form, ...more });
	const found = error!.issues.map(({ path, message }) => [path.join('.'), message]);
	expect(Object.fromEntries(found)).toEqual(issues);
});

it('questions that follow one another stand together', () => {
	const block = (kind: 'question' | 'stay', id: string) => ({ kind, id, title: id, html: '', pictures: [] });
	const [a, b, c, d] = [
		block('question', 'a'),
		block('question', 'b'),
		block('stay', 'c'),
		block('question', 'd')
	];
	expect(gather([a, b, c, d]).map(({ blocks }) => blocks.map(({ id }) => id))).toEqual([
		['a', 'b'],
		['c'],
		['d']
	]);
});

it('is shown in every language before it is saved', () => {
	const block = described({ kind: 'contact', text: { en: '**Ring**' } });
	expect(shown.preview(made.couple, block, ['en', 'nl'])).toMatchObject([
		{ language: 'en', title: 'Contact', html: '<p><strong>Ring</strong></p>' },
		{ language: 'nl', html: '<p><strong>Ring</strong></p>' }
	]);
});
