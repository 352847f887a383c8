import { describe, expect, test } from 'vitest';
import { cleanName, contentDisposition, fieldName, sentName } from './file-names.ts';

/** As Node hands over a header: each byte is a character. */
const raw = (text: string) => Buffer.from(text).toString('latin1');

describe('a name that a person gave', () => {
	test.each([
		['../../etc/passwd', 'passwd'],
		['..\\..\\boot.ini', 'boot.ini'],
		['..', ''],
		['.hidden.mp3', 'hidden.mp3'],
		['toast\0.mp3.exe', 'toast .mp3.exe'],
		['a\r\nContent-Type: text/html', 'html'],
		['speech\u202e3pm.exe', 'speech3pm.exe'],
		['  two   spaces .wav ', 'two spaces .wav'],
		['Скъпи гости 東京 عروس.m4a', 'Скъпи гости 東京 عروس.m4a'],
		['Mu\u0308ller.ogg', 'Müller.ogg'],
		['half \ud83d sign', 'half sign']
	])('%j is shown as %j', (given, shown) => expect(cleanName(given)).toBe(shown));

	test('is cut to 200 characters and keeps its ending', () => {
		const cut = cleanName(`${'💍'.repeat(5000)}.flac`);
		expect(Array.from(cut)).toHaveLength(200);
		expect(cut.endsWith('💍.flac')).toBe(true);
	});
});

describe('a name on its way to us', () => {
	test.each([
		['filename="Grüße.mp3"', 'Grüße.mp3'],
		['filename=toast.mp3', 'toast.mp3'],
		['filename="say %22yes%22.mp3"', 'say "yes".mp3'],
		['filename="say \\"yes\\"; then.mp3"', 'say "yes"; then.mp3'],
		['filename="?.mp3"; filename*=UTF-8\'de\'Gr%C3%BC%C3%9Fe.mp3', 'Grüße.mp3'],
		["filename*=UTF-8''50%.mp3", '50%.mp3'],
		['filename=""', ''],
		['filename="toast.mp3"; name="file"', 'toast.mp3'],
		['size=3', undefined]
	])('%s', (parameter, name) => {
		expect(sentName(raw(`form-data; name="file"; ${parameter}`))).toBe(name);
	});

	test('umlauts survive senders that use Latin-1 or have mangled them already', () => {
		expect(sentName('form-data; name="file"; filename="Grüße.mp3"')).toBe('Grüße.mp3');
		expect(sentName(raw(raw('form-data; name="file"; filename="Grüße.mp3"')))).toBe('Grüße.mp3');
	});

	test('the field is named beside it', () => {
		expect(fieldName(raw('form-data; name="títel"'))).toBe('títel');
		expect(fieldName('form-data; name=title; x=y')).toBe('title');
		expect(fieldName('form-data')).toBe('');
	});
});

describe('a name on its way out', () => {
	test.each([
		['toast.mp3', 'attachment; filename="toast.mp3"'],
		[
			"Müller's (toast).mp3",
			"attachment; filename=\"M_ller's (toast).mp3\"; filename*=UTF-8''M%C3%BCller%27s%20%28toast%29.mp3"
		],
		['a"b\\c.mp3', 'attachment; filename="a_b_c.mp3"; filename*=UTF-8\'\'a%22b%5Cc.mp3'],
		['💍\r\n.mp3', 'attachment; filename="___.mp3"; filename*=UTF-8\'\'%F0%9F%92%8D%0D%0A.mp3']
	])('%j', (name, header) => expect(contentDisposition('attachment', name)).toBe(header));
});
