import type { Domain } from '../kernel/domain.ts';

/** What was taken away by mistake, and can be put back. */
export const removals = { name: 'removals', uses: [] } satisfies Domain;
