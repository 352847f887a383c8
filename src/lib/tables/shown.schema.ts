import { z } from 'zod';
import { id, tick, wallTime } from '../kernel/forms/fields.ts';

export const Shown = z.object({ eventId: id, shownFrom: wallTime, areCompanionsShown: tick });
export type Shown = z.output<typeof Shown>;
