export type Row = { text: string; before?: string; after?: string };
export type Group = { title: string; rows: Row[] };
export type Item = { y: number; title: string } | { y: number; row: Row };

/** Of a line, its group's title, and the blank below a group: in sizes of its letters. */
export const ROW = 1.5;
const [HEAD, BLANK] = [1.9, 1.1];

/** In columns of this height; a group that has room in one is not torn in two, and no title stands without a line. */
export function arrange(groups: Group[], size: number, height: number): Item[][] {
	const columns: Item[][] = [[]];
	let y = 0;
	const expect = (needed: number) => {
		if (y + needed <= height || y === 0) return;
		columns.push([]);
		y = 0;
	};
	for (const { title, rows } of groups) {
		const whole = (HEAD + rows.length * ROW) * size;
		expect(whole <= height ? whole : (HEAD + ROW) * size);
		columns.at(-1)!.push({ y, title });
		y += HEAD * size;
		for (const row of rows) {
			expect(ROW * size);
			columns.at(-1)!.push({ y, row });
			y += ROW * size;
		}
		y += BLANK * size;
	}
	return columns;
}
