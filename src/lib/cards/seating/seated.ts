import type { Theme } from '../../looks/look.ts';
import type { Fixture, Room, RoomTable } from '../../tables/room.ts';
import type { Taken } from '../../tables/seating.ts';

export type SeatedTable = RoomTable & {
	/** "Table 3, The lake" */
	title: string;
	/** by seat */
	guests: Taken[];
};

/** All that is printed of a plan, in words. */
export type Seated = {
	/** the couple's */
	names: string;
	event: string;
	plan: string;
	/** when it was so */
	time: string;
	language: string;
	theme: Theme;
	accent: string;
	room: Room;
	tables: SeatedTable[];
	fixtures: (Fixture & { title: string })[];
};
