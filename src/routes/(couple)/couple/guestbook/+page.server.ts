import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit, type Viewer } from '#lib/kernel/viewer.ts';
import { ChosenVoice, VoiceReply } from '#lib/guestbook/voice.schema.ts';
import * as voices from '#lib/guestbook/voices.server.ts';
import { restoreAction } from '#lib/removals/restore-action.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	permit(viewer, 'guestbook:edit');
	return { voices: await voices.list(viewer) };
};

const chosen = (act: (viewer: Viewer, id: string) => Promise<void>) =>
	formAction('guestbook:edit', ChosenVoice, ({ voiceId }, { locals }) => act(locals.viewer, voiceId));

export const actions = {
	keep: chosen((viewer, id) => voices.keep(viewer, id, true)),
	unkeep: chosen((viewer, id) => voices.keep(viewer, id, false)),
	share: chosen((viewer, id) => voices.share(viewer, id, true)),
	unshare: chosen((viewer, id) => voices.share(viewer, id, false)),
	answer: formAction('guestbook:edit', VoiceReply, async ({ voiceId, reply }, { locals }) => {
		await voices.answer(locals.viewer, voiceId, reply);
		return { isAnswered: true };
	}),
	remove: formAction('guestbook:edit', ChosenVoice, async ({ voiceId }, { locals }) => {
		const removed = await voices.remove(locals.viewer, voiceId);
		return { removed };
	}),
	restore: restoreAction('guestbook:edit', voices.restore)
} satisfies Actions;
