import { expect, it } from 'vitest';
import { makeWedding } from '../../testing/fixtures.ts';
import { settings } from '../kernel/settings.server.ts';
import * as tries from './tries.server.ts';

it('guests of one wedding do not use up the tries of another in the same venue', async () => {
	const [{ weddingId, mark }, other] = [await makeWedding(), await makeWedding()];
	for (const way of ['login', 'code', 'card'] as const) {
		const knock = (wedding: string) => tries.count(wedding, way, mark);
		await Promise.all(Array.from({ length: settings.LOGIN_LIMIT_NETWORK }, () => knock(weddingId)));
		await expect(knock(weddingId)).rejects.toMatchObject({ status: 429 });
		await knock(other.weddingId);
	}
});
