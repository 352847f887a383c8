import { z } from 'zod';
import { day, id, line, requiredLine, text, tick, wallTime } from '../kernel/forms/fields.ts';
import { pickedIds } from '../people/tag.schema.ts';
import { cues, isTimed } from './transcript.ts';

const optional = (longest: number) => z.string().default('').pipe(line(longest));

export const RecordingDetails = z.object({
	title: requiredLine(200),
	moment: optional(80),
	speaker: optional(120),
	recordedOn: day
});

/** Beside the file of an upload; without a title it gets its file's name. */
export const UploadDetails = RecordingDetails.extend({
	title: optional(200),
	uploadKey: optional(100).transform((key) => key || null)
});
export type UploadDetails = z.output<typeof UploadDetails>;

/** Of 100 kB, as Postgres and the network count. */
const transcript = text(100_000)
	.refine((typed) => Buffer.byteLength(typed) <= 100_000, 'too_long')
	.refine((typed) => !isTimed(typed) || cues(typed).length > 0, 'transcript_cues')
	.optional();

const place = z.coerce.number('invalid').int('invalid').min(1, 'invalid').optional();

/** Of what a page showed. */
const version = z.string({ error: 'required' });

export const VISIBILITIES = ['guests', 'couple', 'from'] as const;

/** It is moved when its `position` is another than it was when the form was made, `positionBefore`. */
const Edit = RecordingDetails.extend({
	position: place,
	positionBefore: place,
	visibility: z.enum(VISIBILITIES, 'invalid').optional(),
	visibleFrom: wallTime,
	/** says something only together with the visibility */
	onlyFor: pickedIds,
	transcript,
	version: version.optional()
});
export type RecordingEdit = z.output<typeof RecordingDetails> & Partial<z.output<typeof Edit>>;

export const RecordingForm = Edit.extend({ version }).superRefine(
	({ visibility, visibleFrom }, { addIssue }) => {
		if (visibility === 'from' && !visibleFrom)
			addIssue({ code: 'custom', path: ['visibleFrom'], message: 'wall_time' });
	}
);

export const Chosen = z.object({ recordingId: id });
export const Discarded = z.object({ uploadId: id });
export const AsSeen = z.object({ version });
export const ChosenAsSeen = Chosen.extend({ version });
/** From the place where a page showed it. */
export const Moved = ChosenAsSeen.extend({
	to: z.union([z.enum(['up', 'down']), z.coerce.number().int().min(1)], 'invalid'),
	positionBefore: z.coerce.number('invalid').int('invalid'),
	/** the one beside it whose moment it is to be of */
	joins: id.optional()
});

/** A moment is known by the first of its recordings. */
export const MomentMoved = ChosenAsSeen.extend({ to: z.enum(['up', 'down'], 'invalid') });
export const MomentNamed = ChosenAsSeen.extend({ name: optional(80) });

export const Commented = z.object({ guestId: id, text: text(500).pipe(z.string().min(1, 'required')) });
export type Commented = z.output<typeof Commented>;
/** Whose line is to go. */
export const Uncommented = z.object({ guestId: id });

export const ResultsForm = z
	.object({
		resultsShown: z.enum(['never', 'always', 'from'], 'invalid'),
		resultsFrom: wallTime,
		areCommentsOpen: tick
	})
	.superRefine(({ resultsShown, resultsFrom }, { addIssue }) => {
		if (resultsShown === 'from' && !resultsFrom)
			addIssue({ code: 'custom', path: ['resultsFrom'], message: 'wall_time' });
	});
export type ResultsForm = z.output<typeof ResultsForm>;

/** Where somebody stopped; `finished` when that is the end. */
export const Place = z.object({
	seconds: z.coerce
		.number('invalid')
		.min(0, 'invalid')
		.max(7 * 24 * 3600, 'invalid'),
	finished: tick
});
export type Place = z.output<typeof Place>;

/** No stars, 0, are stars taken back. */
export const Given = z.object({
	guestId: id,
	stars: z
		.string('stars')
		.regex(/^[0-5]$/, 'stars')
		.transform(Number)
});
export type Given = z.output<typeof Given>;
