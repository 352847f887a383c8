import type { Domain } from '../kernel/domain.ts';

/** Who sits where. */
export const tables = { name: 'tables', uses: [] } satisfies Domain;
