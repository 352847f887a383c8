import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { db } from '#lib/kernel/db/db.server.ts';
import { seal } from '#lib/kernel/db/sealed.server.ts';
import { makeCode } from '#lib/kernel/token.ts';
import { close } from '#lib/people/notes.server.ts';
import { dietOf } from '#lib/rsvp/diets.server.ts';
import { path } from './drill.ts';
import { fresh } from './fresh-ids.ts';
import { arrivalRows, phoneRows } from './full-wedding-door.ts';
import { giftRows } from './full-wedding-gifts.ts';
import { blockRows } from './full-wedding-pages.ts';
import { removalRows } from './full-wedding-removals.ts';
import { sheetRows } from './full-wedding-sheets.ts';
import { tableRows } from './full-wedding-tables.ts';
import { mails } from './full-mails.ts';
import { keepPicture, pictureRows } from './full-wedding-pictures.ts';
import { models, ofWeddings } from './schema.ts';

type Row = Record<string, unknown>;
export type Rows = Record<string, Row[]>;

/** How Prisma's client calls a model. */
const ours = (model: string) =>
	db[(model[0]!.toLowerCase() + model.slice(1)) as 'guest'] as unknown as {
		createMany(asked: { data: Row[] }): Promise<unknown>;
		findMany(asked: { where: Row }): Promise<Row[]>;
	};

const sum = (content: Buffer) => createHash('sha256').update(content).digest();

/** Long ago, so that it is nobody's default. */
const at = (minute: number) => new Date(Date.UTC(2020, 4, 2, 10, minute, 7, 89));

/** A wedding that is over, with rows in every table: each column holds in one of them what is not its default. */
export async function makeFull() {
	const mark = makeCode(10).toLowerCase();
	const [weddingId, anna, helper, home, other, riet, wim, tom] = fresh();
	const [toast, waltz, letter, voice, cover, noor] = fresh();
	const [dinner, party, soup, family, bus, beds] = fresh();
	const [name, email] = [`Riet ${mark} "Ä"`, `riet-${mark}@example.org`];
	const noise = [randomBytes(7000), randomBytes(3000)] as const;
	const link = { weddingId, next: '/recordings', tries: 2, createdAt: at(30), expiresAt: at(40) };
	const session = { weddingId, createdAt: at(30), renewedAt: at(31), expiresAt: at(40) };
	const recording = { weddingId, format: 'mp3', mimeType: 'audio/mpeg', plays: true, createdAt: at(50) };
	const hashes = () => ({
		tokenHash: randomBytes(32),
		...{ codeHash: randomBytes(32), nonceHash: randomBytes(32), browserHash: randomBytes(32) }
	});

	const atDoor = { weddingId, eventId: dinner, guestId: riet, at };
	const phones = phoneRows(atDoor);
	const rows: Rows = {
		Wedding: [
			{
				...{ id: weddingId, host: `${mark}.example`, names: 'Anna & Ben', heldOn: new Date('2020-06-12') },
				...{ place: 'Gent', welcome: { en: 'Hi', nl: 'Hoi' }, timeZone: 'Europe/Brussels' },
				...{ language: 'nl', guestsMayTake: true, createdAt: at(0), formerHosts: [`old-${mark}.example`] }
			}
		],
		Account: [
			{ id: anna, email: `anna-${mark}@example.org`, name: 'Anna', disabledAt: at(2), createdAt: at(1) },
			{ id: helper, email: `helper-${mark}@example.org`, name: 'Ilse', createdAt: at(1) }
		],
		Member: [
			{ accountId: anna, weddingId, role: 'couple', createdAt: at(3) },
			{ accountId: helper, weddingId, role: 'helper', greetedAt: at(4), createdAt: at(4) }
		],
		Household: [
			{
				...{ id: home, weddingId, name: 'The old ones', language: 'nl', code: makeCode(12) },
				createdAt: at(5),
				...{ invitedAt: at(6), openedAt: at(7), seenAt: at(8), plusOnes: 2, cardGivenAt: at(8) },
				...{
					address: 'Dorpsstraat 3\nGent',
					phone: '+32 9 123 45 67',
					noteSealed: close(home, 'not near Tom')
				}
			},
			{ id: other, weddingId, name: 'Tom', language: 'en', code: makeCode(12), createdAt: at(6) }
		],
		CardText: [{ weddingId, line: { nl: 'Tot dan' } }],
		Look: [{ weddingId, theme: 'deco', accent: '#7a1f3d' }],
		Tag: [{ id: family, weddingId, name: 'Family' }],
		HouseholdTag: [{ householdId: home, tagId: family, weddingId }],
		Guest: [
			{ id: riet, weddingId, householdId: home, name, email, position: 1, createdAt: at(9) },
			{
				...{ id: wim, weddingId, householdId: home, name: 'Wim', isChild: true, position: 2 },
				createdAt: at(10)
			},
			{
				...{ id: noor, weddingId, householdId: home, name: `Noor ${mark}`, plusOneOfId: riet },
				...{ position: 4, createdAt: at(10) }
			},
			{ id: tom, weddingId, householdId: other, name: 'Tom', position: 3, createdAt: at(11) }
		],
		LoginLink: [
			{ ...{ ...link, ...hashes(), id: randomUUID(), mailId: letter }, accountId: anna, usedAt: at(33) },
			{ ...{ ...link, ...hashes(), id: randomUUID() }, householdId: home, guestId: riet },
			{ ...{ ...link, ...hashes(), id: randomUUID() }, householdId: home }
		],
		Phone: phones,
		Session: [
			{ ...session, id: randomUUID(), secretHash: randomBytes(32), phoneId: phones[0]!.id },
			{ ...session, id: randomUUID(), secretHash: randomBytes(32), accountId: anna },
			{ ...session, id: randomUUID(), secretHash: randomBytes(32), householdId: home, guestId: riet }
		],
		Recording: [
			{
				...{ ...recording, id: toast, title: 'Toast', moment: 'Dinner', speaker: 'Ben', position: 4 },
				...{ recordedOn: new Date('2020-06-12'), isHidden: true, originalName: 'a "b".mp3' },
				...{ bytes: noise[0].length, durationSeconds: 6.25, uploadKey: mark },
				...{ sha256: sum(noise[0]), crc32: 7, state: 'ready', progress: 0.5, failure: 'audio_unreadable' },
				...{ peaks: Buffer.from([1, 200]), playbackBytes: 9, hasCover: true, isFilm: true, isCut: true },
				...{ isCopyWanted: true, visibleFrom: at(53), transcript: 'Dear Ben', onlyFor: [family] },
				...{ isCoverHidden: true, coverId: cover, coverBytes: noise[1].length, coverSha256: sum(noise[1]) }
			},
			{
				...{ ...recording, id: waltz, title: 'Waltz', position: 5, originalName: 'w.mp3' },
				...{ bytes: noise[1].length, durationSeconds: 3.5, sha256: sum(noise[1]) }
			}
		],
		Upload: [
			{
				...{ id: randomUUID(), weddingId, accountId: anna, bytes: 9, metadata: { filename: `${mark}.mp3` } },
				...{ isStored: true, createdAt: at(51), touchedAt: at(52) }
			},
			{ id: randomUUID(), weddingId, householdId: home, metadata: { speaker: name }, createdAt: at(51) }
		],
		Score: [
			{ recordingId: toast, guestId: riet, weddingId, stars: 4, updatedAt: at(55) },
			{ recordingId: toast, guestId: tom, weddingId, stars: 2, updatedAt: at(56) }
		],
		Comment: [
			{ recordingId: toast, guestId: riet, weddingId, text: `${name} cried`, createdAt: at(55) },
			{ recordingId: toast, guestId: tom, weddingId, text: 'Twice', createdAt: at(56) }
		],
		RecordingSettings: [{ weddingId, resultsShown: 'from', resultsFrom: at(54), areCommentsOpen: true }],
		Listened: [
			{
				...{ id: randomUUID(), recordingId: toast, weddingId, guestId: riet, seconds: 61.5 },
				...{ isFinished: true, updatedAt: at(56) }
			},
			{ id: randomUUID(), recordingId: waltz, weddingId, householdId: other, seconds: 2, updatedAt: at(56) }
		],
		Feed: [
			{ id: randomUUID(), weddingId, secret: `anna ${mark}`, accountId: anna, createdAt: at(57) },
			{ id: randomUUID(), weddingId, secret: `home ${mark}`, householdId: home, createdAt: at(57) },
			{ id: randomUUID(), weddingId, secret: `riet ${mark}`, guestId: riet, createdAt: at(57) }
		],
		Voice: [
			{
				...{ ...recording, id: voice, householdId: home, guestId: riet, speaker: name, uploadKey: mark },
				...{ originalName: 'message.m4a', bytes: noise[1].length, durationSeconds: 4.5 },
				...{ sha256: sum(noise[1]), crc32: 7, state: 'ready', failure: 'audio_broken', playbackBytes: 9 },
				...{ peaks: Buffer.from([200, 1]), isShared: true, isKept: true, reply: 'Thank you!' }
			}
		],
		Event: [
			{
				...{ id: dinner, weddingId, name: { en: 'Dinner', nl: 'Diner' }, startsAt: at(70), endsAt: at(75) },
				...{ place: 'The barn', address: 'Dorpsstraat 1', mapUrl: 'https://maps.example/barn' },
				...{ dressCode: { en: 'Boots' }, note: { nl: 'Er is een vuur' }, createdAt: at(12), sequence: 3 },
				...{ asking: 'tags', capacity: 80 }
			},
			{ id: party, weddingId, name: { en: 'Party' }, startsAt: at(76), createdAt: at(13) }
		],
		CancelledEvent: [
			{
				...{ id: randomUUID(), householdId: home, weddingId, name: { en: 'Brunch' }, sequence: 2 },
				...{ startsAt: at(80), endsAt: at(85) }
			}
		],
		CalendarAddress: [{ householdId: home, weddingId, secret: `calendar ${mark}`, createdAt: at(57) }],
		Meal: [{ id: soup, weddingId, eventId: dinner, name: { en: 'Soup' }, isForChildren: true, position: 1 }],
		Invitation: [
			{ eventId: dinner, guestId: riet, weddingId },
			{ eventId: party, guestId: tom, weddingId },
			{ eventId: dinner, guestId: noor, weddingId }
		],
		EventTag: [{ eventId: dinner, tagId: family, weddingId }],
		InvitationChange: [
			{
				...{
					id: randomUUID(),
					weddingId,
					eventId: dinner,
					added: [riet],
					removed: [tom],
					asking: 'everybody'
				},
				...{ tagIds: [family], createdAt: at(13) }
			}
		],
		Reply: [
			{ eventId: dinner, guestId: riet, weddingId, state: 'yes', mealId: soup, answeredAt: at(14) },
			{ eventId: party, guestId: tom, weddingId, state: 'no', answeredAt: at(15) }
		],
		Wait: [
			{
				...{ eventId: dinner, householdId: home, weddingId, comesInPart: true, askedAt: at(14) },
				...{ offeredPlaces: 1, offeredUntil: at(16) }
			}
		],
		Rsvp: [
			{
				...{ householdId: home, weddingId, song: 'Ladies Night', message: 'We take the train' },
				...{ answeredAt: at(14), guestId: riet, answersUntil: at(16) },
				...{ onBehalfBy: 'Anna', reason: `${name} phoned`, calledAt: at(19) }
			}
		],
		Diet: [
			{ guestId: riet, weddingId, sealed: seal('no nuts', dietOf(riet)) },
			{ guestId: tom, weddingId, sealed: seal('vegan', dietOf(tom)) }
		],
		Question: [
			{
				...{ id: bus, weddingId, eventId: dinner, text: { en: 'Which bus?' }, kind: 'choice' },
				...{ choices: [{ id: soup, name: { en: 'Ten' } }], position: 1, createdAt: at(12) }
			},
			{
				...{ id: beds, weddingId, text: { nl: 'Bedden?' }, kind: 'number', scope: 'household', position: 2 },
				createdAt: at(13)
			}
		],
		Answer: [
			{ id: randomUUID(), questionId: bus, weddingId, guestId: riet, value: soup, answeredAt: at(14) },
			{ id: randomUUID(), questionId: beds, weddingId, householdId: other, value: 2.5, answeredAt: at(15) }
		],
		Arrival: arrivalRows(atDoor, phones[1]!.id),
		Block: blockRows(weddingId, family, at(20)),
		...giftRows({ weddingId, tagId: family, home, guestId: riet }, at(61)),
		Picture: pictureRows(weddingId, at(60), noise[0]),
		Removal: removalRows({ weddingId, guestId: riet }, at(62)),
		SheetImport: sheetRows(weddingId, at(19)),
		...tableRows({ weddingId, dinner, riet, wim, home, other, family, anna }, at(20)),
		Deadline: [{ weddingId, answersUntil: at(17), detailsUntil: at(18) }],
		...mails({ weddingId, letter, riet: { id: riet, name, email, home }, anna, tomsHome: other }),
		AuditEntry: [
			{
				...{ id: randomUUID(), weddingId, at: at(57), accountId: anna, action: 'guest.added' },
				...{ subjectId: riet, data: { name, more: [1.5, null] } }
			},
			{ id: randomUUID(), weddingId, at: at(58), action: 'mail.typed', data: { typed: `to ${email}!` } },
			{ id: randomUUID(), weddingId, at: at(59), action: 'wedding.edited', data: { place: 'Gent' } }
		]
	};
	for (const { name } of models()) if (rows[name]) await ours(name).createMany({ data: rows[name] });
	for (const [place, id] of [toast, waltz].entries()) {
		await mkdir(dirname(path(id)), { recursive: true });
		await writeFile(path(id), noise[place]!);
	}
	await mkdir(dirname(path(voice)), { recursive: true });
	await writeFile(path(voice), noise[1]);
	await mkdir(dirname(path(cover)), { recursive: true });
	await writeFile(join(dirname(path(cover)), 'original.jpg'), noise[1]);
	await keepPicture(rows.Picture![0]!.id as string, noise[0]);
	return { weddingId, accountIds: [anna, helper], guest: { id: riet, name, email, plusOne: noor }, rows };
}

export type Full = Awaited<ReturnType<typeof makeFull>>;

/** Columns of every table that no row has something of its own in. */
export function unfilled(rows: Rows, schemaText?: string): string[] {
	return ofWeddings(schemaText).flatMap(({ name: model, columns }) =>
		columns
			.filter(({ name, default: usual }) => {
				const isOwn = (value: unknown) => value != null && !written(value).includes(usual ?? 'none');
				return !rows[model]?.some((row) => isOwn(row[name]));
			})
			.map(({ name }) => `${model}.${name}`)
	);
}

/** How a schema may write a default. */
function written(value: unknown): string[] {
	const json = JSON.stringify(value);
	return [String(value), json, `"${json}"`];
}

/** All that there is of a wedding now, by model. */
export async function rowsOf({ weddingId, accountIds }: Pick<Full, 'weddingId' | 'accountIds'>) {
	const found: Rows = {};
	for (const { name } of ofWeddings()) {
		const ids: Row = { Wedding: { id: weddingId }, Account: { id: { in: accountIds } } };
		const where = (ids[name] ?? { weddingId }) as Row;
		const sorted = (await ours(name).findMany({ where })).map((row) => [text(row), row] as const);
		found[name] = sorted.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
	}
	return found;
}

export const text = (value: unknown) =>
	JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner));
