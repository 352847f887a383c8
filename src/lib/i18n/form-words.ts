import { m } from './compiled/messages.js';

/** What `ui/SaveForm` says, whatever is saved. */
export const formWords = () => ({
	save: m.app_save(),
	back: m.app_back(),
	leave: m.leave_title(),
	lookAgain: m.form_look_again(),
	nothingLost: m.form_nothing_lost()
});
