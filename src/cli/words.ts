/** How commands say how much and how long. */
export function megabytes(bytes: number): string {
	return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** `1 guest`, `2 guests`. */
export function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

export function seconds(): () => string {
	const start = performance.now();
	return () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
