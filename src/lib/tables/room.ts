/* A room to scale, in centimetres from its top left corner; a thing is where its middle is. */

export const SHAPES = ['round', 'long', 'square', 'head'] as const;
export type Shape = (typeof SHAPES)[number];

export const FIXTURES = ['wall', 'dance', 'door', 'other'] as const;
export type FixtureKind = (typeof FIXTURES)[number];

export const MOST_SEATS = 30;
export const MOST_TABLES = 300;
export const MOST_FIXTURES = 60;

export type Room = { width: number; height: number };
export type Point = { x: number; y: number };
export type Place = Point & { rotation: number };
export type RoomTable = Place & {
	id: string;
	number: number;
	name: string;
	shape: Shape;
	seats: number;
	isLocked: boolean;
};
export type Fixture = Place & { id: string; kind: FixtureKind; name: string; width: number; height: number };

/** Of a table's edge, for one guest. */
const ELBOWS = 60;
/** From the table's edge to the middle of a chair, and to its back. */
const [CHAIR, BACK] = [30, 55];
/** Between two tables that are laid out, for whoever serves. */
const AISLE = 40;

type Seated = Pick<RoomTable, 'shape' | 'seats'>;

/** Of the table itself, without its chairs. */
export function measure({ shape, seats }: Seated): Room {
	if (shape === 'round') {
		const across = Math.max(90, Math.round((seats * ELBOWS) / Math.PI));
		return { width: across, height: across };
	}
	if (shape === 'square') {
		const side = Math.max(80, Math.ceil(seats / 4) * ELBOWS + 20);
		return { width: side, height: side };
	}
	const along = shape === 'head' ? seats : Math.ceil(seats / 2);
	return { width: Math.max(120, along * ELBOWS), height: shape === 'head' ? 70 : 80 };
}

/**
 * Where the chairs are, from the middle of a table that is not turned: clockwise, the first one at the top left. Or what
 * is as far from the table's edge.
 */
export function placeChairs(table: Seated, distance = CHAIR): Point[] {
	const { shape, seats } = table;
	const { width, height } = measure(table);
	if (shape === 'round') {
		return Array.from({ length: seats }, (_, n) =>
			turn({ x: 0, y: -width / 2 - distance }, (n * 360) / seats)
		);
	}
	const sides = shape === 'square' ? 4 : shape === 'long' ? 2 : 1;
	return Array.from({ length: sides }, (_, side) => {
		const count = Math.ceil((seats - side) / sides);
		const [along, away] = [width, height / 2 + distance];
		const line = Array.from({ length: count }, (_, n) => ({
			x: ((n + 0.5) / count - 0.5) * along,
			y: -away
		}));
		return line.map((chair) => turn(chair, (side * 360) / sides));
	}).flat();
}

export function turn({ x, y }: Point, degrees: number): Point {
	const angle = (degrees * Math.PI) / 180;
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	return { x: x * cos - y * sin, y: x * sin + y * cos };
}

/** What nothing else may stand on: a table with its chairs, or a fixture. */
function outline(thing: RoomTable | Fixture): Point[] {
	const isTable = 'shape' in thing;
	const { width, height } = isTable ? measure(thing) : thing;
	const corners =
		isTable && thing.shape === 'round'
			? Array.from({ length: 16 }, (_, n) => turn({ x: 0, y: -width / 2 - BACK }, n * 22.5))
			: box(width, height, {
					top: isTable ? BACK : 0,
					sides: isTable && thing.shape === 'square' ? BACK : 0,
					bottom: isTable && thing.shape !== 'head' ? BACK : 0
				});
	return corners.map((corner) => {
		const turned = turn(corner, thing.rotation);
		return { x: thing.x + turned.x, y: thing.y + turned.y };
	});
}

function box(width: number, height: number, more: { top: number; sides: number; bottom: number }): Point[] {
	const [left, right] = [-width / 2 - more.sides, width / 2 + more.sides];
	const [top, bottom] = [-height / 2 - more.top, height / 2 + more.bottom];
	return [
		{ x: left, y: top },
		{ x: right, y: top },
		{ x: right, y: bottom },
		{ x: left, y: bottom }
	];
}

/** Two convex outlines are apart where some edge of theirs has one on this side and the other beyond it. */
function doOverlap(one: Point[], other: Point[]): boolean {
	return ![one, other].some((outline) =>
		outline.some((from, n) => {
			const to = outline[(n + 1) % outline.length]!;
			const reach = (points: Point[]) => {
				const all = points.map(({ x, y }) => (to.y - from.y) * x - (to.x - from.x) * y);
				return [Math.min(...all), Math.max(...all)] as [number, number];
			};
			const [[low, high], [otherLow, otherHigh]] = [reach(one), reach(other)];
			// to touch is not to overlap
			return high <= otherLow + 0.01 || otherHigh <= low + 0.01;
		})
	);
}

export type Faults = {
	overlaps: [RoomTable, RoomTable | Fixture][];
	outside: (RoomTable | Fixture)[];
};

/** What stands in the way of what, and what does not stand in the room. Nobody is kept from it. */
export function findFaults(room: Room, tables: RoomTable[], fixtures: Fixture[]): Faults {
	const things = [...tables, ...fixtures].map((thing) => ({ thing, points: outline(thing) }));
	const overlaps: Faults['overlaps'] = [];
	for (const [n, one] of things.slice(0, tables.length).entries())
		for (const other of things.slice(n + 1))
			if (doOverlap(one.points, other.points)) overlaps.push([one.thing as RoomTable, other.thing]);
	const isOutside = ({ x, y }: Point) =>
		x < -0.5 || y < -0.5 || x > room.width + 0.5 || y > room.height + 0.5;
	return {
		overlaps,
		outside: things
			.filter(({ thing, points }) => !isEdge(thing) && points.some(isOutside))
			.map(({ thing }) => thing)
	};
}

/** A door is in the wall, and walls are where the room ends. */
const isEdge = (thing: RoomTable | Fixture) =>
	'kind' in thing && (thing.kind === 'wall' || thing.kind === 'door');

type Standing = { tables: RoomTable[]; fixtures: Fixture[] };

/** Places for so many more tables, in lines, where nothing stands yet; those for which the room is too small below it. */
export function layOut(room: Room, { tables, fixtures }: Standing, table: Seated, count: number): Point[] {
	const standing = [...tables, ...fixtures].map(outline);
	const at = (x: number, y: number) =>
		outline({ ...table, x, y, rotation: 0, id: '', number: 0, name: '', isLocked: false });
	const own = at(0, 0);
	const [left, top] = [Math.min(...own.map(({ x }) => x)), Math.min(...own.map(({ y }) => y))];
	const [right, bottom] = [Math.max(...own.map(({ x }) => x)), Math.max(...own.map(({ y }) => y))];
	const [stepX, stepY] = [right - left + AISLE, bottom - top + AISLE];
	const columns = Math.max(1, Math.floor((room.width + AISLE) / stepX));
	const margin = Math.max(0, (room.width - columns * stepX + AISLE) / 2);
	const places: Point[] = [];
	for (let row = 0; places.length < count; row++) {
		for (let column = 0; column < columns && places.length < count; column++) {
			const [x, y] = [Math.round(margin + column * stepX - left), Math.round(row * stepY - top)];
			if (!standing.some((other) => doOverlap(other, at(x, y)))) places.push({ x, y });
		}
	}
	return places;
}

/** As a turn of a full circle or more, or to the left, is written. */
export const normalise = (rotation: number) => ((rotation % 360) + 360) % 360;

/** "RB" for Riet de Boer, on a chair. */
export function initials(name: string): string {
	const parts = name.trim().split(/\s+/);
	const letters = [parts[0], ...(parts.length > 1 ? [parts.at(-1)] : [])].map((part) => [...part!][0] ?? '');
	return letters.join('').toLocaleUpperCase();
}
