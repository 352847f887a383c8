import { createHash } from 'node:crypto';
import * as trail from '../audit/trail.server.ts';
import { transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { gather, type Line, type Moment, type MomentAsSeen } from './moment.ts';
import { arrange, hold } from './order.server.ts';
import * as recordings from './recordings.server.ts';
import type { Managed } from './recording.ts';

/** All recordings under their moments, for who looks after them. */
export async function list(viewer: Viewer): Promise<MomentAsSeen<Managed>[]> {
	permit(viewer, 'recordings:edit');
	return withVersions(gather(await recordings.all(viewer)));
}

type Seen = { version: string };

/** With all that stands in it; at the end of the list it stays where it is. Throws 409. */
export function move(viewer: Viewer, firstId: string, { to, version }: Seen & { to: 'up' | 'down' }) {
	permit(viewer, 'recordings:edit');
	return transaction(async (tx) => {
		const { moments, at } = await holdAsSeen(viewer, firstId, version, tx);
		const place = at + (to === 'up' ? -1 : 1);
		if (place < 0 || place >= moments.length) return;
		const moved = moments.toSpliced(at, 1).toSpliced(place, 0, moments[at]!);
		await arrange(viewer.weddingId, linesOf(moved), tx);
		const { name } = moments[at]!;
		await trail.record(viewer, 'moment.moved', { id: firstId, name, before: at + 1, after: place + 1 }, tx);
	});
}

/** One that gets the name of another goes along with that one. Throws 409. */
export function rename(viewer: Viewer, firstId: string, { name, version }: Seen & { name: string }) {
	permit(viewer, 'recordings:edit');
	return transaction(async (tx) => {
		const { moments, at } = await holdAsSeen(viewer, firstId, version, tx);
		const { name: before, recordings } = moments[at]!;
		if (before === name) return;
		const renamed = {
			...moments[at]!,
			name,
			recordings: recordings.map((line) => ({ ...line, moment: name }))
		};
		const others = moments.toSpliced(at, 1);
		const same = others.findLastIndex((moment) => moment.name === name);
		await arrange(viewer.weddingId, linesOf(others.toSpliced(same < 0 ? at : same + 1, 0, renamed)), tx);
		await trail.record(viewer, 'moment.renamed', { id: firstId, before, after: name }, tx);
	});
}

/** The moments, and which of them is meant; whoever comes with what is not there any more gets 409. */
async function holdAsSeen({ weddingId }: Viewer, firstId: string, version: string, tx: Tx) {
	const moments = withVersions(gather(await hold(weddingId, tx)));
	const at = moments.findIndex((moment) => moment.recordings[0]!.id === firstId);
	if (moments[at]?.version !== version) throw new Problem(409, 'moment_changed');
	return { moments, at };
}

/** It changes with the name, with what stands in it and in which order, and with its place. */
function withVersions<Standing extends Line>(moments: Moment<Standing>[]): MomentAsSeen<Standing>[] {
	return moments.map((moment, place) => {
		const seen = JSON.stringify([place, moment.name, ...moment.recordings.map(({ id }) => id)]);
		return { ...moment, version: createHash('sha256').update(seen).digest('base64url').slice(0, 22) };
	});
}

const linesOf = (moments: Moment<Line>[]): Line[] => moments.flatMap(({ recordings }) => recordings);
