import { afterEach, expect, it } from 'vitest';
import '../../app/domains.ts';
import { all, furnish } from './domain.ts';
import { may, permit, type Role } from './viewer.ts';

const house = all();
afterEach(() => furnish(house));

const viewer = (role: Role) => ({ role, weddingId: '' });

it('each role may what the domains give it, and the system everything', () => {
	const rights = house.flatMap(({ rights = {} }) => Object.keys(rights)) as Parameters<typeof may>[1][];
	const allowed = (role: Role) => rights.filter((right) => may(viewer(role), right)).sort();
	expect(allowed('nobody')).toEqual([]);
	expect(allowed('guest')).toEqual([
		...['household:speak', 'recordings:listen', 'recordings:score', 'wedding:read']
	]);
	const helper = ['people:read', 'recordings:edit', 'recordings:listen', 'wedding:read'];
	expect(allowed('helper')).toEqual(helper);
	expect(allowed('couple')).toEqual(
		[...helper, 'mail:send', 'members:edit', 'people:edit', 'wedding:edit'].sort()
	);
	expect(allowed('system')).toEqual(rights.sort());
});

it('a stranger is asked to sign in, and others are refused', () => {
	permit(viewer('couple'), 'people:edit');
	expect(() => permit(viewer('helper'), 'people:edit')).toThrow(expect.objectContaining({ status: 403 }));
	expect(() => permit(viewer('nobody'), 'people:edit')).toThrow(expect.objectContaining({ status: 401 }));
});

it('where nobody has loaded the domains, to ask is a bug, and not a no', () => {
	furnish([]);
	for (const role of ['nobody', 'couple', 'system'] as const)
		expect(() => permit(viewer(role), 'people:edit')).toThrow('no domains');
	furnish([{ name: 'test', uses: [] }]);
	expect(() => permit(viewer('system'), 'people:edit')).toThrow('no domain declares people:edit');
});
