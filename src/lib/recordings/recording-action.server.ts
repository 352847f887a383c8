import type { z } from 'zod';
import { formAction } from '../kernel/forms/form.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Chosen } from './recording.schema.ts';

/** A form of the couple's list, of which each says which recording it is about. */
export function recordingAction<Schema extends typeof Chosen, Result>(
	schema: Schema,
	act: (viewer: Viewer, id: string, rest: Omit<z.output<Schema>, 'recordingId'>) => Promise<Result>
) {
	return formAction('recordings:edit', schema, ({ recordingId, ...rest }, { locals }) =>
		act(locals.viewer, recordingId, rest)
	);
}
