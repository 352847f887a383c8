import { permit, type Viewer } from '../kernel/viewer.ts';
import { COLUMNS, type Export, exportName, type Form, RIGHTS } from './export.ts';
import { listRows, type Reader } from './export-rows.server.ts';
import { save } from './saved.server.ts';

/** A table of the whole wedding. */
export function answer(viewer: Viewer, kind: Export, form: Form, reader: Reader): Response {
	permit(viewer, RIGHTS[kind]);
	const rows = listRows(viewer, kind, reader);
	return save({ name: exportName[kind](), columns: COLUMNS[kind], rows }, form, reader.language);
}
