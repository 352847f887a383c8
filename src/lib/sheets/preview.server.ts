import { LANGUAGES } from '../i18n/languages.ts';
import { now, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { digest } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as bulk from '../people/bulk.server.ts';
import * as diets from '../rsvp/diets.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { compare } from './compare.ts';
import type { Difference } from './difference.ts';
import type { Chosen } from './entry.ts';
import { addDiets, List } from './known.ts';
import { findDoubled, guess, type Mapping, readMapping } from './mapping.ts';
import type { Sheet } from './sheet.ts';
import { understand } from './understand.server.ts';

/** How to read a table, as the address of its page says it. */
export type Asked = { address: URLSearchParams; chosen: Chosen };

/** Leaving a row out can make another one wrong: a household that is asked about, say. */
const MOST_TRIES = 3;

/** What one of these tables would change, and how it was read; `version` is another one when that is something else. */
export async function preview(viewer: Viewer, sheets: Sheet[], { address, chosen }: Asked, tx: Tx) {
	permit(viewer, 'people:edit');
	const at = findSheet(sheets, address.get('sheet'));
	const sheet = sheets[at]!;
	const guessed = guess(sheet);
	if (!guessed) throw new Problem(415, 'sheet_no_header');
	const { header, names } = guessed;
	const mapping = readMapping(address, names.length) ?? guessed.mapping;
	const { heldOn, language } = await weddings.get(viewer, tx);
	const homes = addDiets(await bulk.list(viewer, tx), await diets.list(viewer, null, tx));
	const table = { rows: sheet.rows.slice(header + 1), names, mapping };
	const around = { languages: LANGUAGES, day: heldOn ?? (await now(tx)), list: new List(homes) };
	const left = new Set<number>();
	const compareWithout = () => {
		const { entries, ...asked } = understand(table, around, chosen);
		const kept = entries.map((entry) => ({
			...entry,
			guests: entry.guests.filter(({ line }) => !left.has(line))
		}));
		const filled = kept.filter(({ guests }) => guests.length > 0);
		const found = compare(
			{ entries: filled, ...asked },
			{ homes, chosen, language, makeId: () => crypto.randomUUID() }
		);
		return { ...found, troubles: found.troubles.filter(({ line, isRemark }) => isRemark || !left.has(line)) };
	};
	let difference = compareWithout();
	const isLeaving = address.has('leave');
	for (let tries = 0; isLeaving && tries < MOST_TRIES; tries++) {
		const wrong = difference.troubles.filter(({ isRemark }) => !isRemark);
		if (wrong.length === 0) break;
		for (const { line } of wrong) left.add(line);
		difference = compareWithout();
	}
	return {
		sheets: sheets.map(({ name }) => name),
		...{
			at,
			columns: describe(names, table.rows, mapping),
			shape: mapping.shape,
			line: sheet.rows[header]!.line
		},
		...{ difference, left: left.size, isLeaving, doubled: findDoubled(mapping) },
		version: makeVersion(difference)
	};
}

/** The one that is asked for, else the first that has a header. */
function findSheet(sheets: Sheet[], asked: string | null): number {
	const at = Number(asked ?? NaN);
	if (sheets[at]) return at;
	return Math.max(
		0,
		sheets.findIndex((sheet) => guess(sheet))
	);
}

/** Each column with what it was taken for, and the first words that stand in it. */
function describe(names: string[], rows: Sheet['rows'], { columns }: Mapping) {
	return names.map((name, at) => ({
		...{ name, field: columns[at] ?? '' },
		example: rows.find(({ cells }) => cells[at])?.cells[at]?.slice(0, 60) ?? ''
	}));
}

function makeVersion({ added, changed, moved, unchanged }: Difference): string {
	return digest(JSON.stringify([added, changed, moved, unchanged])).toString('base64url');
}
