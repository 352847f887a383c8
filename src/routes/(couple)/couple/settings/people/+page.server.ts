import { formAction } from '#lib/kernel/forms/form.server.ts';
import { isFresh } from '#lib/auth/fresh.ts';
import { ChangedMember, ChosenMember, NewMember } from '#lib/members/member.schema.ts';
import * as members from '#lib/members/members.server.ts';
import { restoreAction } from '#lib/removals/restore-action.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	members: await members.list(viewer),
	isFresh: isFresh(viewer)
});

export const actions = {
	ask: formAction('members:edit', NewMember, async (person, { locals }) => {
		await members.invite(locals.viewer, person);
		return { sent: person.name || person.email };
	}),
	again: formAction('members:edit', ChosenMember, async ({ accountId }, { locals }) => ({
		sent: await members.remind(locals.viewer, accountId)
	})),
	change: formAction('members:edit', ChangedMember, async ({ accountId, role }, { locals }) => ({
		changed: await members.change(locals.viewer, accountId, role)
	})),
	remove: formAction('members:edit', ChosenMember, async ({ accountId }, { locals }) => ({
		removed: await members.remove(locals.viewer, accountId)
	})),
	restore: restoreAction('members:edit', members.restore)
} satisfies Actions;
