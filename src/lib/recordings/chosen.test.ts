import { expect, test } from 'vitest';
import { refusal } from './chosen.ts';

const judge = (name: string, type: string, size = 1000) => refusal({ name, type, size }, 2 ** 20, 'en');

test('lets through whatever may be sound, by its name or by its type', () => {
	for (const [name, type] of [
		['toast.mp3', 'audio/mpeg'],
		['TOAST.MP3', 'text/plain'],
		['memo.3gp', 'video/3gpp'],
		['memo.caf', 'application/octet-stream'],
		['recording', ''],
		['waltz.spx', 'application/ogg']
	] as const)
		expect(judge(name, type), name).toBeUndefined();
});

test('says what is certainly none, and what to do', () => {
	for (const [name, type] of [
		['mp3', 'image/jpeg'],
		['list.pdf', 'application/pdf'],
		['toast.mp3.zip', 'application/x-zip-compressed'],
		['notes.txt', 'text/plain']
	] as const)
		expect(judge(name, type), name).toContain('It can be WAV');
	expect(judge('toast.mp3', 'audio/mpeg', 0)).toContain('Empty');
	expect(judge('toast.mp3', 'audio/mpeg', 2 ** 20)).toBeUndefined();
	expect(judge('toast.mp3', 'audio/mpeg', 2 ** 20 + 1)).toContain('Larger than 1 MB');
});
