import { readFile } from 'node:fs/promises';
import { decode, isBinary } from './decode.ts';
import { Refusal } from './refusal.ts';
import { readSeparated } from './separated.ts';
import type { Sheet } from './sheet.ts';

type Given = { path: string } | { text: string };
type Answer = { sheets: Sheet[] } | { code: string; params: Record<string, string | number> };

/** Runs in a process of its own: a stranger's file may be anything. */
export default async function readTask(given: Given): Promise<Answer> {
	try {
		const sheets =
			'text' in given ? [readSeparated(given.text)] : await readBytes(await readFile(given.path));
		const filled = sheets.filter(({ rows }) => rows.length > 0);
		if (filled.length === 0) throw new Refusal('sheet_empty');
		return { sheets: filled };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return { code: error.code, params: error.params };
	}
}

/** By what a file begins with, whatever its name says. */
async function readBytes(bytes: Buffer): Promise<Sheet[]> {
	const start = bytes.toString('latin1', 0, 8);
	if (start.startsWith('PK')) {
		const { readWorkbook } = await import('./workbook.ts');
		return readWorkbook(bytes);
	}
	// the container of Excel before 2007, in which it also hides what has a password
	if (start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
		throw new Refusal(
			bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'sheet_password' : 'sheet_other'
		);
	const text = decode(bytes);
	if (isBinary(text)) throw new Refusal('sheet_not_one');
	return [readSeparated(text)];
}
