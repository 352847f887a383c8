import { expect, it } from 'vitest';
import { choose, kept, snapshotName, snapshots } from './snapshot.ts';

const HOUR_MS = 3600_000;
const name = (text: string) => snapshotName(new Date(text));

it('names a snapshot by its time, and finds it among other files', () => {
	const at = new Date('2026-11-21T07:30:05.999Z');
	expect(snapshotName(at)).toBe('2026-11-21T07-30-05Z');
	const files = [
		'2026-11-21T07-30-05Z.age',
		'2026-11-21T07-30-05Z.objects',
		'2026-11-22T07-30-05Z.age',
		'notes.age'
	];
	expect(snapshots(files.map((file) => `snapshots/${file}`))).toEqual([
		'2026-11-22T07-30-05Z',
		'2026-11-21T07-30-05Z'
	]);
});

it.each([
	['latest', '2026-11-21T09-00-00Z'],
	['2026-11-21T08-00-00Z', '2026-11-21T08-00-00Z'],
	['2026-11-21 08:59', '2026-11-21T08-00-00Z'],
	['2026-11-21', '2026-11-21T09-00-00Z'],
	['2026-11-20', '2026-11-20T23-00-00Z'],
	['2026-11', '2026-11-21T09-00-00Z'],
	['2026-10', undefined],
	['2025', undefined],
	['yesterday', undefined],
	['', undefined]
])('takes %s for %s', (when, chosen) => {
	const all = ['2026-11-21T09-00-00Z', '2026-11-21T08-00-00Z', '2026-11-20T23-00-00Z'];
	expect(choose(all, when)).toBe(chosen);
});

it('keeps 24 hours, 14 days and 12 months of a year of hourly backups', () => {
	const start = new Date('2025-11-21T00:07:00Z').getTime();
	let there: string[] = [];
	for (let hour = 0; hour < 366 * 24; hour++) {
		const staying = kept((there = [snapshotName(new Date(start + hour * HOUR_MS)), ...there]));
		there = there.filter((one) => staying.has(one));
	}
	expect(there).toHaveLength(24 + 13 + 11);
	expect(there.slice(0, 24)).toEqual(
		Array.from({ length: 24 }, (_, hour) => name(`2026-11-21T${String(23 - hour).padStart(2, '0')}:07:00Z`))
	);
	const days = new Set(there.map((one) => one.slice(0, 10)));
	for (let day = 8; day <= 21; day++) expect(days).toContain(`2026-11-${String(day).padStart(2, '0')}`);
	const months = new Set(there.map((one) => one.slice(0, 7)));
	expect(months.size).toBe(12);
	expect(there.at(-1)).toBe(name('2025-12-31T23:07:00Z'));
});

it('keeps what there is when backups were seldom', () => {
	const seldom = ['2026-11-01T00-00-00Z', '2026-07-01T00-00-00Z', '2024-01-01T00-00-00Z'];
	expect(kept(seldom)).toEqual(new Set(seldom));
});
