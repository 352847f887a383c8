import { beforeEach, expect, it } from 'vitest';
import { furnish } from './domain.ts';
import { may, permit, type Role } from './viewer.ts';

const viewer = (role: Role) => ({ role, weddingId: '' });

beforeEach(() =>
	furnish([
		{ name: 'one', uses: [], rights: { 'people:read': ['helper', 'couple'], 'people:edit': ['couple'] } },
		{ name: 'other', uses: [], rights: { 'recordings:listen': ['guest', 'couple'] } }
	])
);

it('each role may what the domains give it, and the system everything', () => {
	const rights = ['people:read', 'people:edit', 'recordings:listen'] as const;
	const allowed = (role: Role) => rights.filter((right) => may(viewer(role), right));
	expect(allowed('nobody')).toEqual([]);
	expect(allowed('guest')).toEqual(['recordings:listen']);
	expect(allowed('helper')).toEqual(['people:read']);
	for (const role of ['couple', 'system'] as const) expect(allowed(role)).toEqual(rights);
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
