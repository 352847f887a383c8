import { expect, test } from 'vitest';
import { titleFrom } from './recording.ts';
import { Chosen, Given, RecordingDetails, UploadDetails } from './recording.schema.ts';

test('makes a title of a file name', () => {
	expect(titleFrom('toast_of_the_witnesses.mp3')).toBe('toast of the witnesses');
	expect(titleFrom('Opname 12.06.m4a')).toBe('Opname 12.06');
	expect(titleFrom('no extension')).toBe('no extension');
	expect(titleFrom('.mp3')).toBe('');
	expect(titleFrom(`x${'😀'.repeat(150)}.mp3`)).toBe(`x${'😀'.repeat(99)}`);
});

test('takes one to five whole stars, and none for stars taken back', () => {
	const guestId = '01a1fc2d-9f8f-78f7-8195-d66563e0fba6';
	for (const stars of ['0', '1', '5']) expect(Given.safeParse({ guestId, stars }).success).toBe(true);
	for (const stars of ['6', '2.5', '-1', '', 'five', undefined])
		expect(Given.safeParse({ guestId, stars }).success).toBe(false);
});

test('takes an id as Postgres would write it', () => {
	const recordingId = '01a1fc2d-9f8f-78f7-8195-d66563e0fba6';
	expect(Chosen.parse({ recordingId: recordingId.toUpperCase() })).toEqual({ recordingId });
});

test('wants a title when editing, and none when uploading', () => {
	expect(RecordingDetails.safeParse({ title: ' ' }).success).toBe(false);
	expect(UploadDetails.parse({})).toEqual({
		title: '',
		moment: '',
		speaker: '',
		recordedOn: null,
		uploadKey: null
	});
});
