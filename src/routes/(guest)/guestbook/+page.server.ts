import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as incoming from '#lib/guestbook/incoming.server.ts';
import { ChosenVoice } from '#lib/guestbook/voice.schema.ts';
import * as voices from '#lib/guestbook/voices.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const all = await voices.list(viewer);
	return {
		own: all.filter(({ isOwn }) => isOwn),
		shared: all.filter(({ isOwn, isShared }) => isShared && !isOwn),
		maySpeak: may(viewer, 'guestbook:speak'),
		limitBytes: incoming.limitBytes(),
		isSent: searchParams.has('sent')
	};
};

export const actions = {
	takeBack: formAction('guestbook:speak', ChosenVoice, async ({ voiceId }, { locals }) => {
		await voices.takeBack(locals.viewer, voiceId);
		return { isRemoved: true };
	})
} satisfies Actions;
