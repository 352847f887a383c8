/**
 * What is shown by a page without scripts, whose `load` wraps it in this. SvelteKit writes the data of every page out
 * once more for its scripts, even when there are none: that took a sixth of the time of a list of twenty.
 */
export class Shown<Value> {
	readonly value: Value;

	constructor(value: Value) {
		this.value = value;
	}
}
