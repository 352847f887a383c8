import { inChild, TaskError } from '../kernel/jobs/child.server.ts';
import { Problem } from '../kernel/problem.ts';
import type { Sheet } from './sheet.ts';

const LIMITS = { seconds: 20, heapMb: 64 };

/**
 * The tables of a file, or of a text that was copied from one. Throws 415 with a sentence for what is no spreadsheet,
 * or one that nobody can read.
 */
export async function read(given: { path: string } | { text: string }): Promise<Sheet[]> {
	try {
		const answer = await inChild<typeof import('./read-task.ts')>('#lib/sheets/read-task.ts', given, LIMITS);
		if ('sheets' in answer) return answer.sheets;
		throw new Problem(415, answer.code, answer.params);
	} catch (error) {
		// it tripped over it, or would have taken more than it may
		if (error instanceof TaskError) throw new Problem(415, 'sheet_broken');
		throw error;
	}
}
