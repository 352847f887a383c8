/** Seconds as a player shows them: 0:07, 3:42, 1:02:09. What is not known yet is –:––. */
export function format(seconds: number | null | undefined): string {
	if (seconds == null || !Number.isFinite(seconds) || seconds < 0) return '–:––';
	const { hours, minutes, seconds: rest } = parts(seconds);
	const two = (n: number) => String(n).padStart(2, '0');
	return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Whole hours, minutes and seconds, for the spoken form in the messages. */
export function parts(seconds: number): { hours: number; minutes: number; seconds: number } {
	const whole = Math.round(seconds);
	return {
		hours: Math.floor(whole / 3600),
		minutes: Math.floor((whole % 3600) / 60),
		seconds: whole % 60
	};
}

/** For <time datetime>: PT3M42S. */
export function iso(seconds: number): string {
	const { hours, minutes, seconds: rest } = parts(seconds);
	return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest}S`;
}
