import { m } from './compiled/messages.js';

/** What `ui/MoveForm` says of what has this name. */
export const moveWords = (name: string) => ({
	...{ up: m.question_up(), upOf: m.question_up_of({ question: name }) },
	...{ down: m.question_down(), downOf: m.question_down_of({ question: name }) }
});
