import { z } from 'zod';
import { email } from '../kernel/forms/fields.ts';
import { normalizeCode } from '../kernel/token.ts';
import { CODE_LENGTH } from './login.ts';

export const AskedEmail = email;

export const TypedCode = z.object({
	code: z.string({ error: 'required' }).transform(normalizeCode).pipe(z.string().length(CODE_LENGTH, 'code'))
});
