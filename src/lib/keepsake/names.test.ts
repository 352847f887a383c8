import { expect, it } from 'vitest';
import { nameArchive, nameFile } from './names.ts';

it.each([
	['The waltz', '03 The waltz.mp3'],
	['祝辞', '03 祝辞.mp3'],
	['Who: me? <us> "and" you|they*', '03 Who me us and you they.mp3'],
	['../../etc/passwd', '03 etc passwd.mp3'],
	['C:\\Windows\\CON', '03 C Windows CON.mp3'],
	['the end...', '03 the end.mp3'],
	['', '03.mp3'],
	['\u202Egpm.exe', '03 gpm.exe.mp3'],
	['x'.repeat(300), `03 ${'x'.repeat(60)}.mp3`]
])('is a file’s name on every system: %j', (title, name) => {
	expect(nameFile(3, 12, title, 'mp3')).toBe(name);
});

it('keeps the order and differs for the same title', () => {
	const names = [1, 2, 100].map((place) => nameFile(place, 100, 'Toast', 'wav'));
	expect(names).toEqual(['001 Toast.wav', '002 Toast.wav', '100 Toast.wav']);
});

it('is called after the two, if they have said who they are', () => {
	expect([nameArchive('Anna & Ben'), nameArchive(''), nameArchive('A/B')]).toEqual([
		...['Anna & Ben.zip', 'Vowtape.zip', 'A B.zip']
	]);
});
