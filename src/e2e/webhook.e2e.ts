import { request } from 'node:http';
import { report, sign } from '../testing/reports.ts';
import { emailOf, expect, mails, origin, signIn, test, wedding } from '../testing/site.ts';

type Answer = { status: number; text: string };

/** Byte for byte, as a mail service posts: no cookie, no Origin. */
function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
	return new Promise((answered, failed) => {
		const given = { 'content-type': 'application/json', signature: sign(body), ...headers };
		const posted = request(`${origin()}/webhooks/mailersend`, { method: 'POST', headers: given });
		posted.on('error', failed).on('response', async (response) => {
			let text = '';
			for await (const part of response.setEncoding('utf8')) text += part;
			answered({ status: response.statusCode!, text });
		});
		posted.end(body);
	});
}

/** A mail that has left, to the household of whoever has the address; its id. */
async function put(address = `${crypto.randomUUID()}@example.org`): Promise<string> {
	const { rows } = await wedding().sql.query(
		`WITH said AS (
			INSERT INTO message (wedding_id, kind, language, household_id)
			SELECT id, 'invitation', 'nl', (SELECT household_id FROM guest WHERE email = $1) FROM wedding RETURNING *
		)
		INSERT INTO delivery (wedding_id, message_id, address, state)
		SELECT wedding_id, id, $1, 'sent' FROM said RETURNING id`,
		[address]
	);
	return rows[0].id;
}
async function stateOf(id: string): Promise<string> {
	const { rows } = await wedding().sql.query('SELECT state FROM delivery WHERE id = $1', [id]);
	return rows[0].state;
}
async function countSuppressed(): Promise<number> {
	return (await wedding().sql.query('SELECT FROM suppression')).rowCount!;
}

test('a report is taken by its signature over the bytes as they came', async () => {
	const [one, other] = [await put(), await put()];
	const bounced = report('activity.hard_bounced', { tag: one, reason: 'No such mailbox: Zoë  é ' });
	const loose = JSON.stringify(bounced, null, 3).replaceAll('é', '\u00e9');
	expect((await post(`\n ${loose} \n`)).status).toBe(204);
	expect(await stateOf(one)).toBe('bounced');
	const { rows } = await wedding().sql.query('SELECT reason FROM delivery WHERE id = $1', [one]);
	expect(rows[0].reason).toBe('No such mailbox: Zoë  é ');

	const both = [report('activity.delivered', { tag: one }), report('activity.delivered', { tag: other }, 2)];
	for (let time = 0; time < 2; time++) expect((await post(JSON.stringify(both))).status).toBe(204);
	expect([await stateOf(one), await stateOf(other)]).toEqual(['bounced', 'delivered']);
});

test('a report that nobody signed, or something else than it says, changes nothing', async () => {
	const id = await put();
	const text = JSON.stringify(report('activity.spam_complaint', { tag: id }));
	const before = await countSuppressed();
	const testSecret = 'test_Am3L1GuOIc4blLUuHqAPxxwkZaJyEk8G';
	const signed: [string, string, number][] = [
		[text, sign(text, 'another'), 401],
		[text, '', 401],
		[text, 'x', 401],
		[text, 'é'.repeat(32), 401],
		[`${text} `, sign(text), 401],
		// what everybody can sign
		[text, sign(text, testSecret), 401],
		[text.slice(0, -1), sign(text.slice(0, -1)), 422],
		['7', sign('7'), 422],
		['', sign(''), 422]
	];
	for (const [body, signature, status] of signed) {
		const answer = await post(body, { signature: Buffer.from(signature).toString('latin1') });
		expect(answer.status, `${signature} ${body.slice(-20)}`).toBe(status);
	}
	expect((await post(Buffer.from([0x7b, 0xff, 0x7d]))).status).toBe(422);
	expect((await post('{', { accept: 'application/json' })).text).toContain('JSON');
	const ping = '{"type":"webhook.test","message":"This is a ping test message"}';
	expect((await post(ping, { signature: sign(ping, testSecret) })).status).toBe(204);
	const strange = JSON.stringify(report('activity.hard_bounced', { tag: crypto.randomUUID() }));
	expect((await post(strange, { origin: 'https://mailersend.example' })).status).toBe(204);
	expect([await stateOf(id), await countSuppressed()]).toEqual(['sent', before]);
});

test('two megabytes are refused before they are read, whether announced or not', async () => {
	const body = Buffer.alloc(2 * 2 ** 20, ' ');
	const announced = await post(body, { 'content-length': String(body.length) });
	expect(announced.status).toBe(413);
	const answer = await post(body, { 'transfer-encoding': 'chunked' }).catch(({ code }) => ({ status: code }));
	expect([413, 'EPIPE', 'ECONNRESET']).toContain(answer.status);
	expect((await post('[]')).status).toBe(204);
});

test('a report that could not be stored is answered with 5xx, and taken once when it comes again', async () => {
	const { sql } = wedding();
	const id = await put(emailOf('hugo'));
	const body = JSON.stringify([
		report('activity.hard_bounced', { tag: id }),
		report('activity.unsubscribed', { tag: id })
	]);
	const before = await countSuppressed();
	await sql.query('ALTER TABLE suppression RENAME TO away');
	const refused = await post(body);
	await sql.query('ALTER TABLE away RENAME TO suppression');
	expect(refused.status).toBeGreaterThanOrEqual(500);
	expect(await stateOf(id)).toBe('sent');
	for (let time = 0; time < 3; time++) expect((await post(body)).status).toBe(204);
	expect([await stateOf(id), await countSuppressed()]).toEqual(['bounced', before + 3]);
});

test('the couple sees that a mail came back, corrects the address, and the guest gets it', async ({
	page
}) => {
	const [wrong, right] = [emailOf('elif'), emailOf('elif-yilmaz')];
	const came = report('activity.hard_bounced', { tag: await put(wrong), reason: 'mailbox does not exist' });
	expect((await post(JSON.stringify(came))).status).toBe(204);
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests?only=undeliverable');
	const row = page.getByRole('listitem').filter({ hasText: wrong });
	await expect(row).toContainText(`Mail to ${wrong} came back: mailbox does not exist`);

	await row.getByRole('button', { name: 'Correct the address and send it again' }).click();
	const dialog = page.getByRole('dialog');
	// one that belongs to somebody else is refused, and what was typed stays
	await dialog.getByLabel('The right address').fill(emailOf('mei'));
	await dialog.getByRole('button', { name: 'Save and send again' }).click();
	await expect(page.getByText(`${emailOf('mei')} already belongs to`)).toBeVisible();
	await page.getByLabel('The right address').fill(right);
	await page.getByRole('button', { name: 'Save and send again' }).click();
	await expect(page.getByText('The address is saved, and the email is on its way there.')).toBeVisible();
	await expect.poll(() => mails(right).length).toBe(1);
	expect(mails(wrong)).toEqual([]);
	// the same news again, and that it arrived, send nothing more
	const { rows } = await wedding().sql.query('SELECT id FROM delivery WHERE address = $1', [right]);
	const arrived = report('activity.delivered', { tag: rows[0].id });
	expect(rows).toHaveLength(1);
	for (const news of [came, arrived, came]) expect((await post(JSON.stringify(news))).status).toBe(204);
	expect(await stateOf(rows[0].id)).toBe('delivered');
	await page.goto('/couple/guests?q=Elif');
	await expect(page.getByText('came back')).toHaveCount(0);
	expect([mails(right).length, mails(wrong).length]).toEqual([1, 0]);
});
