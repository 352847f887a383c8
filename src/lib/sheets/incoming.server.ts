import * as files from '../kernel/files/files.server.ts';
import * as multipart from '../kernel/files/multipart.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as imports from './imports.server.ts';
import { LIMIT_BYTES } from './sheet.ts';

/** Takes in a form with a file; nothing of the file itself stays. Gives back the id of the import. */
export async function receive(viewer: Viewer, request: Request): Promise<string> {
	permit(viewer, 'people:edit');
	const { file } = await multipart.receive(request, {
		dir: await files.incomingDir(),
		limitBytes: LIMIT_BYTES
	});
	const { path, originalName: name } = file;
	return imports.open(viewer, { path, name }).finally(() => files.discard(path));
}
