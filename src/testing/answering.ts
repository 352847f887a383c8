import type { Page } from '@playwright/test';
import { codeOf } from './household.ts';
import { wedding } from './site.ts';

/** One event that everybody is asked to, unless there is one. */
export const addDinner = () =>
	wedding().sql.query(
		`WITH dinner AS (
			INSERT INTO event (wedding_id, name, starts_at)
			SELECT id, '{"en": "Dinner", "nl": "Diner"}', '2066-06-12T16:00Z' FROM wedding
			WHERE NOT EXISTS (SELECT FROM event) RETURNING id, wedding_id
		)
		INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT dinner.id, guest.id, dinner.wedding_id FROM dinner JOIN guest USING (wedding_id)`
	);

/** What the pages of answering show where there is something: an answer, a meal, a question; and what the couple added. */
export async function fillDinner(): Promise<void> {
	await addDinner();
	await wedding().sql.query(
		`WITH meal AS (
			INSERT INTO meal (wedding_id, event_id, name, position)
			SELECT wedding_id, id, '{"en": "Soup", "nl": "Soep"}', 0 FROM event
			WHERE NOT EXISTS (SELECT FROM meal) RETURNING id, event_id, wedding_id
		), question AS (
			INSERT INTO question (wedding_id, event_id, text, kind, position)
			SELECT wedding_id, event_id, '{"en": "Which bus?", "nl": "Welke bus?"}', 'text', 0 FROM meal
		)
		INSERT INTO reply (wedding_id, event_id, guest_id, state, meal_id)
		SELECT meal.wedding_id, event_id, guest.id, 'yes', meal.id FROM meal JOIN guest USING (wedding_id)
		WHERE guest.name = 'Maria Jansen'`
	);
	await wedding().sql.query(
		`INSERT INTO block (wedding_id, kind, title, text, position)
		SELECT id, kind, '{"en": "Where?"}', '{"en": "# By train\\n\\n- [here](https://a.example/b)\\n- or ring [us](tel:0123)"}', 0
		FROM wedding, unnest(ARRAY['text', 'question', 'question']::block_kind[]) AS kind
		WHERE NOT EXISTS (SELECT FROM block)`
	);
	await wedding().sql.query(
		`WITH added AS (
			INSERT INTO gift (wedding_id, kind, title, link, price, wanted, holder, iban, position)
			SELECT w.id, g.kind, g.title::jsonb, g.link, 2450, g.wanted, 'Anna & Ben', g.iban, g.position
			FROM wedding w, (VALUES
				('thing'::gift_kind, '{"en": "A plate"}', 'https://a.example/plate', 12, '', 0),
				('thing', '{"en": "A wok"}', '', 1, '', 1),
				('thing', '{"en": "A pan"}', '', 1, '', 2),
				('money', '{"en": "Honeymoon"}', '', 1, 'NL91ABNA0417164300', 3)
			) AS g (kind, title, link, wanted, iban, position)
			WHERE NOT EXISTS (SELECT FROM gift) RETURNING id, wedding_id, position
		)
		INSERT INTO gift_taking (gift_id, household_id, wedding_id, promised)
		SELECT g.id, h.id, g.wedding_id, 'takers' FROM added g JOIN household h
			ON g.position = 0 AND h.name = 'Family Jansen' OR g.position = 1 AND h.name = 'Sanne & Lotte'`
	);
}

/** The couple's own invitation, in one of the languages that their guests read, unless it is there. */
export const writeInvitation = () =>
	wedding().sql.query(
		`INSERT INTO mailing (wedding_id, kind, subject, text, audience)
		SELECT id, 'invitation', '{"en": "Come"}', '{"en": "Dear {first_names}, come!"}', '{"to": "everybody"}'
		FROM wedding ON CONFLICT DO NOTHING`
	);

export const addChild = (household: string, name: string) =>
	wedding().sql.query(
		`INSERT INTO guest (wedding_id, household_id, name, is_child, position)
		SELECT wedding_id, id, '${name}', true, 3 FROM household WHERE name = '${household}'`
	);

/** A household of four without an address, asked to everything: one of them is a child. */
export const makeFour = (name: string) =>
	wedding().sql.query(
		`WITH home AS (
			UPDATE guest SET email = NULL WHERE name = '${name}' RETURNING household_id, wedding_id
		), more AS (
			INSERT INTO guest (wedding_id, household_id, name, is_child, position)
			SELECT wedding_id, household_id, name, name = 'Bo', 1 FROM home, unnest(ARRAY['Bo', 'Eva', 'Ida']) AS name
			RETURNING id, wedding_id
		)
		INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT event.id, more.id, wedding_id FROM more JOIN event USING (wedding_id)`
	);

/** By the code on its card. */
export async function enter(page: Page, household: string) {
	await page.goto(`/i/${await codeOf(household)}`);
	await page.locator('main').getByRole('button').click();
	await page.waitForURL('/');
}

/** Where a guest says that they come to an event, or do not. */
export const box = (page: Page, event: string, guest: string, said: string) =>
	page
		.getByRole('region', { name: event, exact: true })
		.getByRole('radiogroup', { name: guest })
		.getByLabel(said, { exact: true });

export const saveAnswer = (page: Page) =>
	page.getByRole('button', { name: /^(Antwoord|Ons antwoord) bewaren$|^Save (my|our) answer$/ });
