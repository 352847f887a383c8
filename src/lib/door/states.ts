import { m } from '../i18n/compiled/messages.js';
import type { GuestState, Verdict } from './find.ts';

const VERDICTS = {
	welcome: m.gate_welcome,
	inside: m.gate_inside,
	silent: m.gate_silent,
	declined: m.gate_declined,
	unasked: m.gate_unasked
};

const STATES = {
	inside: m.state_inside,
	left: m.state_left,
	expected: m.state_expected,
	silent: m.state_silent,
	declined: m.state_declined,
	waiting: m.state_waiting,
	unasked: m.state_unasked
};

export const sayVerdict = (verdict: Verdict) => VERDICTS[verdict]();
/** `time`: when they came or went, where they did. */
export const sayState = (state: GuestState, time: string) => STATES[state]({ time });
