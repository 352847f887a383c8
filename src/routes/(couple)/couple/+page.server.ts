import * as overview from '../../../app/overview.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { viewer } }) => overview.look(viewer);
