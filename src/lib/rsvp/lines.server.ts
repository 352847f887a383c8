import { sortByName } from '../i18n/order.ts';
import { rows } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as undelivered from '../people/undelivered.server.ts';
import type { Day } from './days.ts';
import type { Box, Home, Line } from './lines.ts';

type Stored = Omit<Line, 'home' | 'boxes' | 'isUndelivered'> & {
	homeId: string;
	home: string;
	language: string;
	phone: string;
	onBehalfBy: string | null;
	isCalled: boolean;
	tags: string[];
	/** event, state, meal */
	asked: [string, 'yes' | 'no' | null, string | null][] | null;
};

/** Every guest with what they answer to each of these events, household by household. */
export async function list(viewer: Viewer, eventIds: string[]): Promise<Line[]> {
	permit(viewer, 'answers:read');
	const unsorted = await rows<Stored>('answer-lines', LINES, [viewer.weddingId]);
	const found = sortByName(unsorted, ({ home }) => home);
	const isUndelivered = new Set(await undelivered.list(viewer));
	const places = new Map(eventIds.map((id, place) => [id, place]));
	const homes = new Map<string, Home>();
	return found.map(({ homeId, home: name, language, phone, onBehalfBy, isCalled, tags, asked, ...guest }) => {
		const home = homes.get(homeId) ?? {
			id: homeId,
			name,
			language,
			phone,
			onBehalfBy: onBehalfBy ?? '',
			isCalled,
			tags
		};
		homes.set(homeId, home);
		const boxes: Box[] = eventIds.map(() => null);
		for (const [eventId, state, mealId] of asked ?? []) {
			const place = places.get(eventId);
			if (place !== undefined) boxes[place] = { state, mealId };
		}
		return { ...guest, isUndelivered: isUndelivered.has(guest.id), home, boxes };
	});
}

const LINES = `
	SELECT g.id, g.name, coalesce(g.email, '') AS email, g.is_child AS "isChild", d.guest_id IS NOT NULL AS "hasDiet",
		h.id AS "homeId", h.name AS home, h.language, h.phone, r.on_behalf_by AS "onBehalfBy", r.called_at IS NOT NULL AS "isCalled",
		coalesce(t.tags, '{}') AS tags, a.asked
	FROM guest g JOIN household h ON h.id = g.household_id
	LEFT JOIN diet d ON d.guest_id = g.id
	LEFT JOIN rsvp r ON r.household_id = h.id
	LEFT JOIN (
		SELECT household_id, array_agg(tag_id::text) AS tags FROM household_tag WHERE wedding_id = $1::uuid GROUP BY household_id
	) t ON t.household_id = h.id
	LEFT JOIN (
		SELECT i.guest_id, json_agg(json_build_array(i.event_id, e.state, e.meal_id)) AS asked
		FROM invitation i LEFT JOIN reply e ON e.event_id = i.event_id AND e.guest_id = i.guest_id
		WHERE i.wedding_id = $1::uuid GROUP BY i.guest_id
	) a ON a.guest_id = g.id
	WHERE g.wedding_id = $1::uuid ORDER BY h.name, h.id, g.position, g.id`;

/** Another one whenever a household has answered. A sum, for whoever began first may be done last. */
export async function version(viewer: Viewer): Promise<string> {
	permit(viewer, 'answers:read');
	const [found] = await rows<{ version: string }>(
		'answers-version',
		`SELECT coalesce(sum(extract(epoch FROM answered_at) * 1000), 0)::bigint::text AS version
		FROM rsvp WHERE wedding_id = $1::uuid`,
		[viewer.weddingId]
	);
	return found!.version;
}

/** How many of today's answers were given on which day at the wedding, in their order. */
export function listDays(viewer: Viewer, timeZone: string): Promise<Day[]> {
	permit(viewer, 'answers:read');
	return rows<Day>(
		'answer-days',
		`SELECT to_char(r.answered_at AT TIME ZONE $2, 'YYYY-MM-DD') AS day,
			count(*) FILTER (WHERE state = 'yes')::int AS yes, count(*) FILTER (WHERE state = 'no')::int AS no
		FROM reply r JOIN invitation i ON i.event_id = r.event_id AND i.guest_id = r.guest_id
		WHERE r.wedding_id = $1::uuid GROUP BY day ORDER BY day`,
		[viewer.weddingId, timeZone]
	);
}
