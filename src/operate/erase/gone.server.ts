import type { Prisma } from '../../../prisma/client/client.ts';
import type { Gone } from '../../lib/kernel/db/table.server.ts';

export function collectGone() {
	const all = new Map<Prisma.ModelName, Gone>();
	return {
		add: (model: Prisma.ModelName, gone: Gone) => void all.set(model, gone),
		count: (model: Prisma.ModelName) => all.get(model)?.count ?? 0,
		/** Once the transaction has ended: files cannot come back. */
		async finish() {
			for (const { afterwards } of all.values()) await afterwards?.();
		}
	};
}
