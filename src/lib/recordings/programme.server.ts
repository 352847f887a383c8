import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { together } from '../kernel/db/together.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { HAS_COVER } from './covered.server.ts';
import { isFor, OUT, SHOWN } from './shown.server.ts';
import type { Listed, Track } from './recording.ts';

/** What there is to hear, in order; hidden ones, and those that do not play yet, only for who may edit them. */
export async function list(viewer: Viewer): Promise<Listed[]> {
	permit(viewer, 'recordings:listen');
	return look(viewer);
}

/** The same, as a player plays one after the other. */
export async function tracks(viewer: Viewer): Promise<Track[]> {
	permit(viewer, 'recordings:listen');
	return (await look(viewer)).map(
		({ id, title, speaker, durationSeconds, plays, playbackBytes, hasCover, heard }) => ({
			...{ id, title, speaker, durationSeconds, plays, playbackBytes, hasCover, heard }
		})
	);
}

type Line = [
	id: string,
	title: string,
	moment: string,
	speaker: string,
	durationSeconds: number,
	isHidden: boolean,
	plays: boolean,
	recordedOn: string | null,
	isOut: boolean,
	visibleFrom: string | null,
	playbackBytes: number | null,
	hasCover: boolean,
	onlyFor: string[]
];

/** What a guest gave: the recordings, and the stars for each. */
type Scored = [guestId: string, name: string, recordings: string[], stars: number[]];

/** Where a guest or a household stopped, by recording. */
type Places = Record<string, [seconds: number, isFinished: boolean]>;

/** By wedding, by household, and by who listens. */
type Found = {
	lines: Record<string, Line[]> | null;
	given: Record<string, Scored[]> | null;
	heard: Record<string, Places> | null;
	tags: Record<string, string[]> | null;
};

/** One prepared query for all who ask at once: every guest asks it, most of them for the same wedding. */
const look = together(async (viewers: Viewer[]): Promise<Listed[][]> => {
	const weddings = new Set(viewers.map(({ weddingId }) => weddingId));
	const households = viewers.flatMap(({ householdId }) => householdId ?? []);
	const listeners = viewers.flatMap((viewer) => listenerOf(viewer) ?? []);
	// JSON values, for the same reason as in auth/sessions.server.ts
	const [found] = await rows<Found>('recordings-list', LIST, [[...weddings], households, listeners]);
	return viewers.map((viewer) => {
		const { weddingId, householdId = '' } = viewer;
		const own = { lines: found!.lines?.[weddingId], given: found!.given?.[householdId] };
		const places = found!.heard?.[listenerOf(viewer) ?? ''] ?? {};
		return programme(viewer, { ...own, tags: found!.tags?.[householdId] }).map((line) => ({
			...line,
			heard: heard(places[line.id])
		}));
	});
});

/** The guest, or the household where it came in with its card. */
const listenerOf = ({ guestId, householdId }: Viewer) => guestId ?? householdId;

const heard = (place?: Places[string]) => (place ? { seconds: place[0], isFinished: place[1] } : null);

type Own = { lines?: Line[]; given?: Scored[]; tags?: string[] };

function programme(viewer: Viewer, { lines = [], given = [], tags }: Own): Omit<Listed, 'heard'>[] {
	const withHidden = may(viewer, 'recordings:edit');
	const isOwn = ([guestId]: Scored) => guestId === viewer.guestId;
	const ownFirst = given.toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)));
	return lines
		.filter(([, , , , , , , , isOut, , , , onlyFor]) => withHidden || (isOut && isFor(onlyFor, tags)))
		.map((line) => {
			const [id, title, moment, speaker, durationSeconds, isHidden, plays, recordedOn, , ...rest] = line;
			const [visibleFrom, playbackBytes, hasCover] = rest;
			const scores = ownFirst.flatMap((one) => {
				const [, name, recordings, stars] = one;
				const place = recordings.indexOf(id);
				return place < 0 ? [] : [{ name: isOwn(one) ? null : name, stars: stars[place]! }];
			});
			return {
				...{ id, title, moment, speaker, durationSeconds, isHidden, plays, playbackBytes, hasCover },
				recordedOn: recordedOn ? new Date(recordedOn) : null,
				visibleFrom: visibleFrom ? new Date(visibleFrom) : null,
				scores
			};
		});
}

const LIST = `
	SELECT (
		SELECT json_object_agg(wedding_id, lines) FROM (
			SELECT wedding_id, json_agg(
				json_build_array(id, title, moment, speaker, duration_seconds, is_hidden,
					plays OR playback_bytes IS NOT NULL, recorded_on, ${OUT},
					CASE WHEN visible_from > now() THEN visible_from END,
					playback_bytes, ${HAS_COVER}, only_for)
				ORDER BY position, id
			) AS lines
			FROM recording WHERE wedding_id = ANY ($1::uuid[]) GROUP BY wedding_id
		) AS wedding
	) AS lines, (
		SELECT json_object_agg(household_id, given) FROM (
			SELECT household_id, json_agg(json_build_array(id, name, recordings, stars) ORDER BY position, id) AS given
			FROM guest, LATERAL (
				SELECT array_agg(recording_id) AS recordings, array_agg(stars) AS stars FROM score WHERE guest_id = guest.id
			) AS given
			WHERE wedding_id = ANY ($1) AND household_id = ANY ($2::uuid[]) AND stars IS NOT NULL
			GROUP BY household_id
		) AS household
	) AS given, (
		SELECT json_object_agg(listener, places) FROM (
			SELECT coalesce(guest_id, household_id) AS listener,
				json_object_agg(recording_id, json_build_array(seconds, is_finished)) AS places
			FROM listened
			WHERE wedding_id = ANY ($1) AND (guest_id = ANY ($3::uuid[]) OR household_id = ANY ($3))
			GROUP BY 1
		) AS place
	) AS heard, (
		SELECT json_object_agg(household_id, tags) FROM (
			SELECT household_id, json_agg(tag_id) AS tags FROM household_tag
			WHERE wedding_id = ANY ($1) AND household_id = ANY ($2) GROUP BY household_id
		) AS grouped
	) AS tags`;

/** How many there are to hear. */
export async function count(viewer: Viewer, tx: Tx = db): Promise<number> {
	permit(viewer, 'recordings:listen');
	return countFor(viewer, tx);
}

const countFor = together(async (viewers: Viewer[], tx) => {
	const found = await rows<{ count: number }>(
		'recordings-count',
		`SELECT (SELECT count(*)::int FROM recording WHERE wedding_id = wedding AND ${SHOWN}) AS count
		FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (wedding, listener, place) ORDER BY place`,
		[viewers.map(({ weddingId }) => weddingId), viewers.map(({ householdId }) => householdId ?? null)],
		tx
	);
	return found.map(({ count }) => count);
});
