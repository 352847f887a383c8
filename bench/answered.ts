import type pg from 'pg';

/** 2,000 guests in 800 households, each asked to four events, of whom two in three have answered over two months. */
export async function fillAnswered(client: pg.Client): Promise<void> {
	await client.query(`
		WITH wedding AS (
			INSERT INTO wedding (names, held_on, place) VALUES ('Anna & Ben', '2066-06-12', 'Utrecht') RETURNING id
		), household AS (
			INSERT INTO household (wedding_id, name, language, code)
			SELECT id, (ARRAY['Family', 'Fam.', 'The'])[1 + n % 3] || ' ' || substr(md5(n::text), 1, 9),
				(ARRAY['en', 'nl'])[1 + n % 2], 'CARD' || lpad(n::text, 8, '0')
			FROM wedding, generate_series(0, 799) n RETURNING id, wedding_id, substring(code FROM 5)::int AS n
		)
		INSERT INTO guest (wedding_id, household_id, name, email, position, is_child)
		SELECT wedding_id, id, initcap(substr(md5(n || 'a' || p), 1, 6)) || ' ' || initcap(substr(md5(n::text), 1, 9)),
			CASE WHEN p < 2 THEN substr(md5(n || 'b' || p), 1, 11) || '@example.org' END, p, p = 2
		FROM household, generate_series(0, 2) p WHERE p < 2 OR n % 2 = 0`);
	await client.query(`
		WITH event AS (
			INSERT INTO event (wedding_id, name, starts_at)
			SELECT id, json_build_object('en', name), '2066-06-12T12:00Z'::timestamptz + n * interval '2 hours'
			FROM wedding, unnest(ARRAY['Ceremony', 'Lunch', 'Dinner', 'Party']) WITH ORDINALITY AS list (name, n)
			RETURNING id, wedding_id, name->>'en' AS name
		)
		INSERT INTO meal (wedding_id, event_id, name, position)
		SELECT wedding_id, id, json_build_object('en', meal), n FROM event,
			unnest(ARRAY['Sea bass', 'Beef', 'Aubergine']) WITH ORDINALITY AS list (meal, n) WHERE name IN ('Lunch', 'Dinner')`);
	await client.query(
		`INSERT INTO invitation (event_id, guest_id, wedding_id) SELECT e.id, g.id, g.wedding_id FROM event e, guest g`
	);
	await client.query(`
		INSERT INTO reply (event_id, guest_id, wedding_id, state, meal_id, answered_at)
		SELECT e.id, g.id, g.wedding_id, CASE WHEN mark < 140 THEN 'yes' ELSE 'no' END::reply_state,
			CASE WHEN mark < 140 THEN (SELECT id FROM meal WHERE event_id = e.id ORDER BY md5(id::text || g.id) LIMIT 1) END,
			now() - mark * interval '8 hours'
		FROM guest g, event e, LATERAL (SELECT get_byte(decode(md5(g.id::text || e.id), 'hex'), 0) AS mark) AS chance
		WHERE mark < 170`);
}
