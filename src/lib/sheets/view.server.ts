import { say } from '../i18n/say.server.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { permit } from '../kernel/viewer.ts';
import type { Trouble } from './entry.ts';
import * as imports from './imports.server.ts';
import type { Asked } from './preview.server.ts';

/** More of one kind nobody reads: the page says how many there are. */
const SHOWN = 100;

/** What the page of a list shows: the first of everything, with sentences. */
export async function look(viewer: Viewer, id: string, asked: Asked) {
	permit(viewer, 'people:edit');
	const { difference, ...read } = await imports.look(viewer, id, asked);
	const { added, changed, moved, unchanged, troubles, questions } = difference;
	const part = <Item>(all: Item[]) => ({ items: all.slice(0, SHOWN), more: Math.max(0, all.length - SHOWN) });
	const remarks = troubles.filter(({ isRemark }) => isRemark);
	const problems = troubles.filter(({ isRemark }) => !isRemark);
	const open = questions.filter(({ key }) => !asked.chosen[key]).length;
	const count = added.length + changed.length + moved.length;
	return {
		...{ ...read, unchanged, questions, chosen: { ...asked.chosen }, count },
		...{ added: part(added), changed: part(changed), moved: part(moved) },
		...{ problems: part(problems.map(explain)), remarks: part(remarks.map(explain)) },
		isReady: open === 0 && problems.length === 0 && count > 0
	};
}

function explain({ line, column, code, params }: Trouble) {
	const text = say(`issue_${code}`, params) ?? say(`problem_${code}`, params) ?? code;
	return { line, column, text };
}

export type Look = Awaited<ReturnType<typeof look>>;
