import pg from 'pg';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { makeDinner } from '../testing/dinner.ts';
import { acceptJobs, editHousehold } from '../testing/fixtures.ts';
import * as letterbox from '../testing/letterbox.ts';
import { startReceiver } from '../testing/receiver.ts';
import { log } from '../lib/kernel/log/log.server.ts';
import { settings } from '../lib/kernel/settings.server.ts';
import { compose } from '../lib/outbox/letters.server.ts';
import * as answers from '../lib/rsvp/answers.server.ts';
import { Answers } from '../lib/rsvp/reply.schema.ts';
import * as replies from '../lib/rsvp/replies.server.ts';
import { dump } from './backup/dump.server.ts';

beforeAll(() => acceptJobs('outbox.send', 'outbox.urgent'));

/** What nobody but the couple reads: a diet with an allergy, and a note about a household. */
const DIET = 'no hazelnuts, carries an EpiPen';
const NOTE = 'keep her away from Tom';
const asStored = [DIET, NOTE].flatMap((text) => {
	const bytes = Buffer.from(text);
	return [text, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')];
});

let lines: string[];
beforeEach(() => {
	lines = [];
	log.level = 'trace';
	vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
	log.level = settings.LOG_LEVEL;
	vi.restoreAllMocks();
});

async function makePrivate() {
	const dinner = await makeDinner();
	const { id, riet, guest, couple, household } = dinner;
	const { name, language } = household;
	await editHousehold(couple, household.id, { name, language: language as 'nl', guests: [], note: NOTE });
	const { version } = await replies.getOwn(guest);
	const replied = { [id]: { [riet.id]: { state: 'yes' } } };
	await replies.answer(guest, Answers.parse({ version, replies: replied, diets: { [riet.id]: DIET } }));
	expect(await answers.listDiets(couple)).toMatchObject([{ text: DIET }]);
	return dinner;
}

it('a diet and a note are in no dump of the database, no mail and no line of the log', async () => {
	const { household, weddingId } = await makePrivate();
	const client = new pg.Client({ connectionString: settings.DATABASE_URL });
	await client.connect();
	let all = '';
	const { tables } = await dump(client, async (content) => {
		all += Buffer.from(content).toString('latin1');
		return '';
	}).finally(() => client.end());
	expect(tables.find(({ name }) => name === 'diet')!.rows).toBeGreaterThan(0);
	expect(all).toContain(household.name);
	const [mail] = await letterbox.list({ weddingId });
	const letter = JSON.stringify(await compose('answers')(mail!));
	for (const part of asStored)
		for (const place of [all, letter, lines.join('')]) expect(place).not.toContain(part);
});

it('nor in what is told of a bug that meets them', async () => {
	const { guest, riet, couple, household } = await makePrivate();
	const receiver = await startReceiver();
	settings.SENTRY_DSN = `${receiver.url.replace('//', '//publickey@')}/self/hosted/42`;
	const { report } = await import('./telemetry/sentry.server.ts');
	const { version } = await replies.getOwn(guest);
	const typed = Answers.parse({ version, diets: { [riet.id]: `${DIET}!` } });
	const details = { name: household.name, language: 'nl' as const, guests: [] };
	// forms lose such a sign, which Postgres does not take
	const broken = 'x\0';
	const bugs = await Promise.allSettled([
		replies.answer(guest, { ...typed, song: broken }),
		editHousehold(couple, household.id, { ...details, note: `${NOTE}!`, phone: broken })
	]);
	for (const bug of bugs) {
		const { reason } = bug as PromiseRejectedResult;
		expect(reason).toBeInstanceOf(Error);
		log.error({ error: reason.stack }, 'bug');
		await report(reason, { task: 'POST /rsvp', id: '7d70ab12' });
	}
	await receiver.stop();
	expect(lines).toHaveLength(2);
	expect(receiver.received).toHaveLength(2);
	const told = [...lines, ...receiver.received.map(({ body }) => body)].join('');
	for (const part of asStored) expect(told).not.toContain(part);
});
