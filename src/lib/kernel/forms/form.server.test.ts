import type { RequestEvent } from '@sveltejs/kit';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import '../../../app/domains.ts';
import { day, email, requiredLine } from './fields.ts';
import { formAction, toValues } from './form.server.ts';
import { Problem } from '../problem.ts';

function form(...fields: [string, string | Blob][]): FormData {
	const data = new FormData();
	for (const [name, value] of fields) data.append(name, value as string);
	return data;
}

it('reads names with dots as rows, and of a name sent twice the last one', () => {
	const values = toValues(
		form(['name', 'De Boer'], ['name', 'Riet'], ['guests.0.name', 'Riet'], ['guests.10.name', 'Wim'])
	);
	expect(values).toEqual({ name: 'Riet', guests: { 0: { name: 'Riet' }, 10: { name: 'Wim' } } });
});

it('survives what no form of ours sends', () => {
	const deep = 'a.'.repeat(100_000) + 'b';
	const values = toValues(
		form(
			['a', '1'],
			['a.b', '2'],
			['a.__proto__.c', '3'],
			['__proto__', '4'],
			[deep, '5'],
			['', '6'],
			['f', new Blob(['x'])]
		)
	);
	expect(values).toEqual({ a: { b: '2' } });
	expect(({} as Record<string, unknown>).c).toBeUndefined();
});

const Party = z.object({
	name: requiredLine(20),
	heldOn: day,
	email: email.optional(),
	seats: z.coerce.number('invalid').optional(),
	welcome: z.object({ en: requiredLine(20) }).optional(),
	guests: z
		.array(z.object({ name: requiredLine(20) }))
		.max(1, 'too_many')
		.optional()
});
const send = (body: string) =>
	formAction(
		'everybody',
		Party,
		(party) => party
	)({
		request: new Request('http://localhost', {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/x-www-form-urlencoded' }
		})
	} as RequestEvent);

it('gives back what was typed with a sentence for each field', async () => {
	expect(await send('name=&heldOn=2027-02-30&seats=many')).toMatchObject({
		status: 422,
		data: {
			values: { name: '', heldOn: '2027-02-30', seats: 'many' },
			issues: {
				name: expect.stringMatching(/./),
				heldOn: expect.stringMatching(/./),
				seats: expect.stringMatching(/./)
			}
		}
	});
	expect(await send('name=Riet&heldOn=0000-01-01')).toMatchObject({ status: 422 });
	expect(await send('name=Riet&heldOn=')).toEqual({ done: { name: 'Riet', heldOn: null } });
});

it.each([
	'name.x=1',
	'name=Riet&heldOn.x.y=1',
	'name=Riet&welcome=1',
	'name=Riet&welcome.en.x=1',
	'name=Riet&guests=1'
])('refuses %j, which no form of ours could show again', async (body) => {
	await expect(send(body)).rejects.toMatchObject({ status: 400, code: 'form_unreadable' });
});

it('says how much a field takes, and how long it is without what does not count', async () => {
	const said = async (body: string) => ((await send(body)) as { data: { issues: object } }).data.issues;
	expect(await said(`name= ${'x'.repeat(23)} &heldOn=`)).toEqual({
		name: 'At most 20 characters, please: this is 23.'
	});
	const rest = `heldOn=&name=Riet&welcome.en=${'y'.repeat(21)}&email=${'z'.repeat(243)}@example.org`;
	expect(await said(rest)).toEqual({
		'welcome.en': 'At most 20 characters, please: this is 21.',
		email: 'At most 254 characters, please: this is 255.'
	});
});

it('asks for the right before it reads anything', async () => {
	const act = vi.fn();
	const save = formAction('people:edit', Party, act);
	const sent = (role: string, body: string) => {
		const request = new Request('http://localhost', { method: 'POST', body: new URLSearchParams(body) });
		return { request, locals: { viewer: { role, weddingId: '' } } } as unknown as RequestEvent;
	};
	const helper = sent('helper', 'heldOn=never');
	await expect(save(helper)).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
	expect(helper.request.bodyUsed).toBe(false);
	await expect(save(sent('nobody', 'name=Riet&heldOn='))).rejects.toMatchObject({ status: 401 });
	expect(act).not.toHaveBeenCalled();
	expect(await save(sent('couple', 'heldOn=never'))).toMatchObject({ status: 422 });
});

it('refuses rows where there should be a number', async () => {
	expect(await send('name=Riet&seats.x=1')).toMatchObject({ status: 422 });
});

it('refuses more fields than a form of ours has', async () => {
	await expect(send('a&'.repeat(250_000))).rejects.toMatchObject({ status: 400, code: 'form_unreadable' });
});

it('says a refusal at the field that it is about, and beside the form when there is none', async () => {
	const taken = { email: 'riet@example.org', household: 'De Boer' };
	const refusal = async (body: string) => {
		const request = new Request('http://localhost', { method: 'POST', body: new URLSearchParams(body) });
		const action = formAction('everybody', z.object({}), () =>
			Promise.reject(new Problem(409, 'email_elsewhere', taken))
		);
		const event = { request, setHeaders: () => {} } as unknown as RequestEvent;
		return (await action(event)) as { status: number; data: object };
	};
	expect(await refusal('name=De Boer&guests.0.email=x&guests.1.email=+Riet@Example.org')).toMatchObject({
		status: 409,
		data: { issues: { 'guests.1.email': expect.stringContaining('riet@example.org') } }
	});
	const pasted = new URLSearchParams({ 'guests.0.email': 'Riet <mailto:Riet@Example.org>;' });
	expect((await refusal(String(pasted))).data).toHaveProperty('issues', {
		'guests.0.email': expect.stringContaining('riet@example.org')
	});
	expect((await refusal('name=De Boer')).data).toHaveProperty('problem');
});

it.each([
	[409, 'code_wrong'],
	[429, 'code_often']
])('says a refusal with %i in place, with its headers', async (status, code) => {
	const setHeaders = vi.fn();
	const refuse = formAction('everybody', Party, () => {
		throw new Problem(status, code, {}, { 'retry-after': '60' });
	});
	const request = new Request('http://localhost', {
		method: 'POST',
		body: new URLSearchParams({ name: 'Riet', heldOn: '' })
	});
	expect(await refuse({ request, setHeaders } as unknown as RequestEvent)).toMatchObject({
		status,
		data: { values: { name: 'Riet' }, problem: expect.stringMatching(/./) }
	});
	expect(setHeaders).toHaveBeenCalledWith({ 'retry-after': '60' });
});
