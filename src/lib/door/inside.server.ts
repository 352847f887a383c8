import { permit, type Viewer } from '../kernel/viewer.ts';
import * as arrivals from './arrivals.server.ts';
import * as expected from './expected.server.ts';
import { compare, type Inside } from './inside.ts';

/** Who is in at each event, and who is missing. */
export async function read(viewer: Viewer): Promise<Inside[]> {
	permit(viewer, 'door:read');
	const list = await expected.read(viewer);
	const { arrivals: facts } = await arrivals.list(viewer);
	return compare(list, facts);
}
