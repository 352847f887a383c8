import type { Table } from './seating.ts';

/** From one chair to the next, and from a table's edge to the middle of a chair. */
const CHAIR = 60;
const BEHIND = 30;
const DEPTH = 80;
/** Between the closest chairs of two tables: one may call over, nobody may. */
const NEAR = 300;
const FAR = 1000;

export type Point = { x: number; y: number };

/** What can be used of a number that somebody may have typed. */
export const countSeats = ({ seats }: Pick<Table, 'seats'>) =>
	Number.isFinite(seats) ? Math.max(0, Math.floor(seats)) : 0;

/** The middle of each chair, the first seat first, in cm in the room: the numbers go around clockwise. */
export function placeSeats(table: Table): Point[] {
	const angle = ((table.rotation ?? 0) * Math.PI) / 180;
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	return Array.from({ length: countSeats(table) }, (_, seat) => {
		const { x, y } = placeSeat(table, seat);
		return { x: table.x + x * cos - y * sin, y: table.y + x * sin + y * cos };
	});
}

/** As seen from the table's middle, before it is turned. */
function placeSeat(table: Table, seat: number): Point {
	const seats = countSeats(table);
	if (table.shape === 'round') {
		const radius = Math.max(CHAIR, (seats * CHAIR) / (2 * Math.PI)) + BEHIND;
		const angle = (2 * Math.PI * seat) / seats - Math.PI / 2;
		return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
	}
	if (table.shape === 'square') {
		const side = Math.max(DEPTH, Math.ceil(seats / 4) * CHAIR) + 2 * BEHIND;
		const around = ((seat + 0.5) / seats) * 4;
		const along = (around % 1) * side - side / 2;
		const half = side / 2;
		const corners = [
			{ x: along, y: -half },
			{ x: half, y: along },
			{ x: -along, y: half },
			{ x: -half, y: -along }
		];
		return corners[Math.floor(around)]!;
	}
	if (table.shape === 'head') return { x: (seat - (seats - 1) / 2) * CHAIR, y: -DEPTH / 2 - BEHIND };
	const upper = Math.ceil(seats / 2);
	const isUpper = seat < upper;
	const place = isUpper ? seat : seats - 1 - seat;
	return { x: (place - (upper - 1) / 2) * CHAIR, y: (isUpper ? -1 : 1) * (DEPTH / 2 + BEHIND) };
}

/** For each seat the one after it in its row, −1 where a row ends. */
export function followSeats(table: Table): Int32Array {
	const seats = countSeats(table);
	const next = Int32Array.from({ length: seats }, (_, seat) => (seat + 1 < seats ? seat + 1 : -1));
	if (isRing(table) && seats > 2) next[seats - 1] = 0;
	if (table.shape === 'long' && seats > 0) next[Math.ceil(seats / 2) - 1] = -1;
	return next;
}

export const isRing = ({ shape }: Table) => shape === 'round' || shape === 'square';

export const longestRow = (table: Table) =>
	table.shape === 'long' ? Math.ceil(countSeats(table) / 2) : countSeats(table);

/** Between the closest chairs of each two tables, row by row. */
function measureGaps(tables: readonly Table[]): Float64Array {
	const chairs = tables.map((table) => {
		const placed = placeSeats(table);
		return placed.length > 0 ? placed : [table];
	});
	const gaps = new Float64Array(tables.length ** 2);
	for (const [one, mine] of chairs.entries())
		for (let other = 0; other < one; other++) {
			let least = Infinity;
			for (const { x, y } of mine)
				for (const there of chairs[other]!) least = Math.min(least, Math.hypot(x - there.x, y - there.y));
			gaps[one * tables.length + other] = gaps[other * tables.length + one] = least;
		}
	return gaps;
}

/**
 * For each two tables, row by row with one more for "nowhere": 1 where two people are not near, and where they are not
 * far. A table's closest one is near it, however wide the room; in a small room half of it is far.
 */
export function measureRoom(tables: readonly Table[]): { isNotNear: Uint8Array; isNotFar: Uint8Array } {
	const gaps = measureGaps(tables);
	const count = tables.length;
	const far = Math.min(FAR, gaps.reduce((most, gap) => Math.max(most, gap), 0) / 2);
	const closest = tables.map((_, one) =>
		tables.reduce(
			(least, table, other) =>
				one === other || countSeats(table) === 0 ? least : Math.min(least, gaps[one * count + other]!),
			Infinity
		)
	);
	const isNotNear = new Uint8Array((count + 1) ** 2).fill(1);
	const isNotFar = new Uint8Array((count + 1) ** 2);
	for (let one = 0; one < count; one++)
		for (let other = 0; other < count; other++) {
			const gap = gaps[one * count + other]!;
			const near = Math.max(NEAR, closest[one]!, closest[other]!);
			const isOwn = one === other;
			isNotNear[one * (count + 1) + other] = isOwn || gap <= near ? 0 : 1;
			isNotFar[one * (count + 1) + other] = isOwn || gap < far ? 1 : 0;
		}
	return { isNotNear, isNotFar };
}
