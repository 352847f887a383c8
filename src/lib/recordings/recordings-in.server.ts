import { db } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import type { Purpose } from './purpose.ts';
import { UploadDetails } from './recording.schema.ts';
import * as uploads from './uploads.server.ts';

export const purpose: Purpose = {
	path: '/api/uploads',
	right: 'recordings:edit',
	limitBytes: () => settings.UPLOAD_LIMIT,
	refuse(details) {
		if (!UploadDetails.safeParse(details).success) throw new Problem(422, 'upload_details');
	},
	async findStored({ id: uploadKey, weddingId }) {
		return (await db.recording.findFirst({ where: { weddingId, uploadKey } })) ?? undefined;
	},
	store: uploads.store,
	addressOf: (id) => `/recordings/${id}`
};
