import { z } from 'zod';
import { id } from '../kernel/forms/fields.ts';

export const RemovalChosen = z.object({ removalId: id });
