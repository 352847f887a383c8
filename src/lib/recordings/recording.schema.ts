import { z } from 'zod';
import { day, id, line, requiredLine, tick } from '../kernel/forms/fields.ts';

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

const place = z.coerce.number('invalid').int('invalid').min(1, 'invalid').optional();

/** It is moved when its `position` is another than it was when the form was made, `positionBefore`. */
export const RecordingEdit = RecordingDetails.extend({ position: place, positionBefore: place });
export type RecordingEdit = z.output<typeof RecordingEdit>;

export const Chosen = z.object({ recordingId: id });
export const Discarded = z.object({ uploadId: id });
export const Moved = Chosen.extend({ to: z.enum(['up', 'down'], 'invalid') });

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
