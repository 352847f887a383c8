/** What the person at the keyboard can mend: a command shows its message as one line, without a stack. */
export class Refusal extends Error {
	override name = 'Refusal';
}
