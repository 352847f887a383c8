import { formAction } from '#lib/kernel/forms/form.server.ts';
import { Called, NewReminder, ReminderChosen } from '#lib/reminders/reminder.schema.ts';
import * as reminders from '#lib/reminders/reminders.server.ts';
import * as deadlines from '#lib/rsvp/deadlines.server.ts';
import * as letters from '#lib/reminders/letters.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding, language } }) => ({
	reminders: await reminders.list(viewer),
	...(await reminders.look(viewer)),
	answersUntil: (await deadlines.get(viewer)).answersUntil,
	letter: letters.reminderSample(wedding, { language, link: '' })
});

export const actions = {
	plan: formAction('reminders:edit', NewReminder, async (typed, { locals }) => {
		await reminders.plan(locals.viewer, typed);
		return { isPlanned: true };
	}),
	remove: formAction('reminders:edit', ReminderChosen, async ({ id }, { locals }) => ({
		removed: await reminders.remove(locals.viewer, id)
	})),
	call: formAction('reminders:edit', Called, async ({ id, isCalled }, { locals }) => {
		await reminders.tick(locals.viewer, id, isCalled === 'yes');
	})
} satisfies Actions;
