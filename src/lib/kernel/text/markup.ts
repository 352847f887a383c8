const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text within HTML or XML, in a tag too; without what XML 1.0 has no way to write. */
export function escapeMarkup(text: string): string {
	return text
		.toWellFormed()
		.replace(/[^\P{Cc}\t\n\r\x7f-\x9f]|[\ufffe\uffff]/gu, '')
		.replace(/[&<>"']/g, (sign) => SIGNS[sign]!);
}
