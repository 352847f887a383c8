import { z } from 'zod';
import { id, line } from '../kernel/forms/fields.ts';

export const NewPhone = z.object({ name: line(60) });
export const ChosenPhone = z.object({ id });
