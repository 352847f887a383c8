import { describe, expect, it } from 'vitest';
import * as facts from '../lib/kernel/facts.server.ts';
import { all } from '../lib/kernel/domain.ts';
import * as jobs from '../lib/kernel/jobs/jobs.server.ts';
import { formAction } from '../lib/kernel/forms/form.server.ts';
import { may, permit, type Role, type Viewer } from '../lib/kernel/viewer.ts';
import * as letters from '../lib/outbox/letters.server.ts';
import type { Draft } from '../lib/outbox/message.ts';
import type { Tx } from '../lib/kernel/db/db.server.ts';
import { queues } from './domains.ts';

const viewer: Viewer = { role: 'couple', weddingId: '' };

describe('a name that no domain declares does not compile, and is refused', () => {
	it('as a right', () => {
		// @ts-expect-error no such right
		expect(() => permit(viewer, 'people:edti')).toThrow('no domain declares people:edti');
		// @ts-expect-error no such right
		expect(() => may(viewer, 'people')).toThrow('no domain declares people');
		// @ts-expect-error no such right
		expect(formAction('people:edti')).toBeTypeOf('function');
	});

	it('as a role', () => {
		// @ts-expect-error no such role
		expect(may({ ...viewer, role: 'florist' }, 'people:read')).toBe(false);
	});

	it('as a fact', () => {
		// @ts-expect-error no such fact
		expect(() => facts.ask(viewer, 'recordings.cuont')).toThrow('no domain answers recordings.cuont');
	});

	it('as a queue, or with the payload of another', async () => {
		const tx = {} as Tx;
		// @ts-expect-error no such queue
		await expect(jobs.add('recordings.fingreprint', [{ recordingId: '' }], {}, tx)).rejects.toThrow();
		// @ts-expect-error of a mail
		await expect(jobs.add('recordings.fingerprint', [{ deliveryId: '' }], {}, tx)).rejects.toThrow();
		// @ts-expect-error nothing to do
		await expect(jobs.add('recordings.fingerprint', [{}], {}, tx)).rejects.toThrow();
	});

	it('as a letter', () => {
		const mail = { weddingId: '', address: 'riet@example.org', language: 'nl' };
		// @ts-expect-error no such letter
		const draft: Draft = { ...mail, kind: 'invitatoin' };
		expect(() => letters.compose(draft.kind)).toThrow('no domain declares the letter invitatoin');
	});
});

describe('what the domains declare', () => {
	const names = (of: (domain: ReturnType<typeof all>[number]) => object | undefined) =>
		all().flatMap((domain) => Object.keys(of(domain) ?? {}));

	it.each([
		['names', all().map(({ name }) => name)],
		['rights', names(({ rights }) => rights)],
		['queues', queues().map(({ name }) => name)],
		['letters', names(({ letters }) => letters)],
		['facts', names(({ facts }) => facts)]
	])('has no two %s that are the same', (_, declared) => {
		expect(declared.length).toBeGreaterThan(0);
		expect(declared.toSorted()).toEqual([...new Set(declared)].sort());
	});

	it('are rights that strangers never have, guests only to read and to speak, helpers not over people', () => {
		const given = all().flatMap(({ rights = {} }) => Object.entries(rights));
		const allowed = (role: Role) => given.filter(([, roles]) => roles.includes(role)).map(([right]) => right);
		expect(given.length).toBeGreaterThan(8);
		expect(allowed('nobody')).toEqual([]);
		expect(allowed('guest').filter((right) => /:(edit|send)$/.test(right))).toEqual([]);
		const couples = ['mail:send', 'members:edit', 'people:edit', 'people:remove', 'wedding:edit'];
		expect(allowed('helper').filter((right) => couples.includes(right))).toEqual([]);
		expect(allowed('couple')).toEqual(expect.arrayContaining([...couples, ...allowed('helper')]));
		// everything but erasing people, deciding who comes in, and hearing what was said to the two of them
		const theirs = ['guestbook:edit', 'guestbook:listen', 'members:edit', 'people:remove'];
		expect(
			allowed('couple')
				.filter((right) => !allowed('planner').includes(right))
				.sort()
		).toEqual(theirs);
		expect(allowed('planner').filter((right) => !allowed('couple').includes(right))).toEqual([]);
	});

	it.each(['guest', 'couple'] as const)('leads the %s to no page twice, and to no place at once', (whose) => {
		const entries = all().flatMap(({ navigation }) => navigation?.[whose] ?? []);
		expect(entries.length).toBeGreaterThan(2);
		for (const of of ['href', 'place'] as const)
			expect(new Set(entries.map((entry) => entry[of])).size, of).toBe(entries.length);
	});

	it('are queues by the name of their domain', () => {
		const foreign = all().flatMap(({ name, queues = [] }) =>
			queues.filter((queue) => !queue.name.startsWith(`${name}.`)).map((queue) => queue.name)
		);
		expect(foreign).toEqual([]);
	});
});
