/** All of these, of which those of `more` stand in place of their like, without those that are `gone`. */
export function merge<Fact extends { id: string }>(
	all: readonly Fact[],
	more: readonly Fact[],
	gone: readonly string[] = []
): Fact[] {
	const facts = new Map(all.map((one) => [one.id, one]));
	for (const one of more) facts.set(one.id, one);
	for (const id of gone) facts.delete(id);
	return [...facts.values()];
}
