import { z } from 'zod';

/** What is not as expected counts as not said: MailerSend adds to its reports as it likes. */
const text = z.string().max(2000).optional().catch(undefined);
const tags = z.array(z.string()).catch([]).default([]);
const said = z.object({ reason: text }).optional().catch(undefined);

/** One report of MailerSend's: of version 1, with the mail in `data.email`, or of version 2, with everything in `data`. */
const Reported = z.object({
	type: z.string().catch(''),
	created_at: text,
	data: z
		.object({
			message_id: text,
			tags,
			meta: said,
			morph: said,
			email: z
				.object({ tags, message: z.object({ id: text }).optional().catch(undefined) })
				.optional()
				.catch(undefined)
		})
		.optional()
		.catch(undefined)
});

export type Reported = z.output<typeof Reported>;

/** As it is posted: one, or several. */
export const Reports = z
	.union([z.array(Reported), Reported])
	.transform((posted) => (Array.isArray(posted) ? posted : [posted]));
