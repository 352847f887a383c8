/** As much of a text as fits, and no half of an emoji, which Postgres refuses. */
export function shorten(text: string, longest: number): string {
	return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}
