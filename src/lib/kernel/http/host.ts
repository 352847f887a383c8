/**
 * A host as browsers write it, in small letters, with its port unless that goes without saying over this protocol;
 * undefined for what can be none.
 */
export function hostOf(said: string, protocol: string): string | undefined {
	return /[\s/\\?#@]/.test(said) ? undefined : URL.parse(`${protocol}//${said}`)?.host;
}
