import { z } from 'zod';
import { id, tick } from '../kernel/forms/fields.ts';
import { MODES } from './proposal.ts';

export const NewProposal = z.object({
	mode: z.enum(MODES, { error: 'choose' }),
	withSilent: tick,
	seed: z
		.string()
		.optional()
		.transform((typed) => typed?.trim() || '1')
		.pipe(
			z
				.string()
				.regex(/^[1-9]\d{0,8}$/, 'solve_seed')
				.transform(Number)
		)
});
export type NewProposal = z.output<typeof NewProposal>;
export const ProposalChosen = z.object({ id });
export const WishOfProposal = z.object({ wishId: id });
