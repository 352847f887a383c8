import { Problem } from '#lib/kernel/problem.ts';
import type { PageServerLoad } from './$types';

/** There is nothing, ever; asked for from inside, what went wrong is told in its place: see report.server.ts. */
export const load: PageServerLoad = () => {
	throw new Problem(404, 'not_found');
};
