import { type Handle, sequence } from '@sveltejs/kit/hooks';
import { doors } from './app/hooks/doors.server.ts';
import { identify } from './app/hooks/identify.server.ts';
import { ownOrigin } from './app/hooks/own-origin.server.ts';
import { readable } from './app/hooks/readable.server.ts';
import { restoreRequest, report } from './app/hooks/report.server.ts';
import { respond } from './app/hooks/respond.server.ts';
import { watched } from './app/hooks/watched.server.ts';

export { handleError } from './app/hooks/report.server.ts';
export { init } from './app/hooks/start.server.ts';

const answer = sequence(watched, report, identify, ownOrigin, readable, doors, respond);
const draw = sequence(restoreRequest, respond);

/** The one request that comes from inside is for the page of a refusal. */
export const handle: Handle = (asked) => (asked.event.isSubRequest ? draw(asked) : answer(asked));
