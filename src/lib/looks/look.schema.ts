import { z } from 'zod';
import { type Look, fitAccent, THEMES } from './look.ts';

const REFUSED = { pale: 'accent_pale', invalid: 'accent_none' } as const;

/** `color` is one of those offered, `own` for that of the field beside them, or nothing: the theme’s. */
export const LookChoice = z
	.object({
		theme: z.enum(THEMES, { error: 'invalid' }),
		color: z.string().default(''),
		accent: z.string().default('')
	})
	.transform(({ theme, color, accent }, context): Look => {
		const chosen = (color === 'own' ? accent : color).trim().toLowerCase();
		const { nudge } = chosen || color === 'own' ? fitAccent(chosen, theme) : { nudge: 'none' };
		const refused = REFUSED[nudge as keyof typeof REFUSED];
		if (refused) context.addIssue({ code: 'custom', message: refused, path: ['accent'] });
		return { theme, accent: chosen || null };
	});
