import { z } from 'zod';
import { id, requiredLine } from '../kernel/forms/fields.ts';

/** Beside the sound; the key is of the browser that recorded it. */
export const VoiceDetails = z.object({
	speaker: requiredLine(120),
	uploadKey: z.string().max(100).optional()
});
export type VoiceDetails = z.output<typeof VoiceDetails>;

export const ChosenVoice = z.object({ voiceId: id });

export const VoiceReply = ChosenVoice.extend({
	reply: z
		.string()
		.default('')
		.pipe(requiredLine(500).or(z.literal('')))
});
