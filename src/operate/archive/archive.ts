import { z } from 'zod';
import { type Format, MIME_TYPES } from '../../lib/recordings/audio.ts';
import { Language } from '../../lib/weddings/wedding.ts';

/* A wedding as one file that another install can take in: docs/archive.md says what is in it. */

export const KIND = 'vowtape-wedding';
export const VERSION = 1;

/** The names in the archive, in this order. */
export const CONTENT = 'wedding.json';
export const SUMS = 'SHA256SUMS';
export const recordingName = ({ id, format }: { id: string; format: string }) => `recordings/${id}.${format}`;

const id = z.guid().transform((text) => text.toLowerCase());
const at = z.iso.datetime().transform((text) => new Date(text));
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
const formats = Object.keys(MIME_TYPES) as [Format, ...Format[]];

const Shape = z.strictObject({
	kind: z.literal(KIND),
	version: z.literal(VERSION),
	madeAt: at,
	wedding: z.strictObject({
		id,
		host: maybe(z.string().min(1)),
		names: z.string(),
		heldOn: maybe(at),
		place: z.string(),
		welcome: z.record(z.string(), z.string()),
		timeZone: z.string(),
		language: Language,
		createdAt: at
	}),
	members: z.array(
		z.strictObject({
			account: z.strictObject({ id, email: z.email(), name: z.string(), createdAt: at }),
			role: z.enum(['couple', 'helper']),
			createdAt: at
		})
	),
	households: z.array(
		z.strictObject({
			...{ id, name: z.string(), language: Language, code: z.string().min(8) },
			...{ invitedAt: maybe(at), openedAt: maybe(at), seenAt: maybe(at), createdAt: at }
		})
	),
	/** a plus-one stands after whose they are */
	guests: z.array(
		z.strictObject({
			...{ id, householdId: id, name: z.string(), email: maybe(z.string()), isChild: z.boolean() },
			...{ plusOneOfId: maybe(id), position: z.int(), createdAt: at }
		})
	),
	recordings: z.array(
		z.strictObject({
			...{ id, title: z.string(), moment: z.string(), speaker: z.string(), recordedOn: maybe(at) },
			...{ position: z.int(), isHidden: z.boolean(), originalName: z.string(), format: z.enum(formats) },
			...{ plays: z.boolean(), bytes: z.int().nonnegative(), sha256: z.string().regex(/^[\da-f]{64}$/) },
			...{ durationSeconds: z.number(), createdAt: at }
		})
	),
	scores: z.array(
		z.strictObject({ recordingId: id, guestId: id, stars: z.int().min(1).max(5), updatedAt: at })
	),
	mails: z.array(
		z.strictObject({
			...{ id, kind: z.string(), address: z.string(), name: z.string(), language: z.string() },
			...{ accountId: maybe(id), householdId: maybe(id), guestId: maybe(id), next: z.string() },
			...{ state: z.enum(['sent', 'undeliverable']), reason: maybe(z.string()) },
			...{ createdAt: at, sentAt: maybe(at) }
		})
	),
	audit: z.array(
		z.strictObject({
			...{ id, at, accountId: maybe(id), action: z.string(), subjectId: maybe(id) },
			data: z.record(z.string(), z.json())
		})
	)
});
/** Rows of one wedding refer to each other alone: an archive cannot reach into another wedding. */
export const Content = Shape.refine(({ households, guests, recordings, scores, mails }) => {
	const own = new Set([...households, ...guests, ...recordings].map(({ id }) => id));
	const named = [
		...guests.flatMap(({ householdId, plusOneOfId }) => [householdId, plusOneOfId]),
		...scores.flatMap(({ recordingId, guestId }) => [recordingId, guestId]),
		...mails.map(({ householdId }) => householdId)
	];
	return named.every((id) => id === null || own.has(id));
}, 'names rows that it does not hold');
export type Content = z.output<typeof Content>;
export type Written = z.input<typeof Content>;
