import { measure, placeChairs, type Point, type RoomTable, turn } from './room.ts';

/** How far from the middle of a chair still means it, and from a table's edge the table. */
const CHAIR = 34;
const AROUND = 62;

/** The seat at a point of the room; or the table, where it is none of its seats. */
export function findPlace(
	tables: RoomTable[],
	{ x, y }: Point
): { table: RoomTable; number?: number } | undefined {
	let found: RoomTable | undefined;
	for (const table of tables) {
		const { width, height } = measure(table);
		const own = turn({ x: x - table.x, y: y - table.y }, -table.rotation);
		if (Math.abs(own.x) > width / 2 + AROUND || Math.abs(own.y) > height / 2 + AROUND) continue;
		const chairs = placeChairs(table).map((chair) => Math.hypot(chair.x - own.x, chair.y - own.y));
		const nearest = Math.min(...chairs);
		if (nearest <= CHAIR) return { table, number: chairs.indexOf(nearest) + 1 };
		found ??= table;
	}
	return found && { table: found };
}

/** Where a seat is in the room; without a number, the table's middle. */
export function locate(table: RoomTable, number?: number): Point {
	const chair = number ? placeChairs(table)[number - 1] : undefined;
	const turned = chair ? turn(chair, table.rotation) : { x: 0, y: 0 };
	return { x: table.x + turned.x, y: table.y + turned.y };
}
