import { wedding } from './site.ts';

/**
 * An event that 62 guests come to, a hall of nine round tables of eight, and wishes of which two contradict each other:
 * Maria has to sit with Hugo, and must not.
 */
export const fillParty = () =>
	wedding().sql.query(
		`WITH dinner AS (
			INSERT INTO event (wedding_id, name, starts_at)
			SELECT id, '{"en": "Dinner", "nl": "Diner"}', '2066-06-12T16:00Z' FROM wedding RETURNING id, wedding_id
		), home AS (
			INSERT INTO household (wedding_id, name, language, code)
			SELECT wedding_id, 'Household ' || n, 'en', 'PARTY' || lpad(n::text, 7, '0') FROM dinner, generate_series(1, 22) n
			RETURNING id, wedding_id, name
		), more AS (
			INSERT INTO guest (wedding_id, household_id, name, position, is_child)
			SELECT wedding_id, id, name || ' ' || letter, 0, letter = 'B' FROM home, unnest(ARRAY['A', 'B']) letter
			RETURNING id, wedding_id
		), asked AS (
			INSERT INTO invitation (event_id, guest_id, wedding_id)
			SELECT dinner.id, all_guests.id, dinner.wedding_id
			FROM dinner, (SELECT id FROM guest UNION ALL SELECT id FROM more) all_guests RETURNING event_id, guest_id, wedding_id
		), said AS (
			INSERT INTO reply (wedding_id, event_id, guest_id, state) SELECT wedding_id, event_id, guest_id, 'yes' FROM asked
		), plan AS (
			INSERT INTO plan (wedding_id, event_id, name, is_chosen, width, height)
			SELECT wedding_id, id, 'The barn', true, 1200, 1100 FROM dinner RETURNING id, wedding_id, event_id
		), made AS (
			INSERT INTO seating_table (wedding_id, plan_id, number, shape, seats, x, y)
			SELECT wedding_id, id, n + 1, 'round', 8, 200 + 380 * (n % 3), 180 + 360 * (n / 3) FROM plan, generate_series(0, 8) n
		)
		INSERT INTO wish (wedding_id, event_id, kind, is_hard, guest_id, other_guest_id)
		SELECT plan.wedding_id, event_id, kind::wish_kind, true, one.id, other.id
		FROM plan, (VALUES ('together', 'Hugo Lindqvist'), ('apart', 'Hugo Lindqvist'), ('near', 'Henk Mulder')) AS w (kind, name)
		JOIN guest other ON other.name = w.name JOIN guest one ON one.name = 'Maria Jansen'`
	);
