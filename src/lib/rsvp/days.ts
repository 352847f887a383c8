export type Day = { day: string; yes: number; no: number };

export const WIDTH = 600;
export const HEIGHT = 120;

export type Bar = { day: string; x: number; width: number; yes: number; no: number };

/** A bar for each day with answers, at its place between the first and the last: heights of a drawing of WIDTH by HEIGHT. */
export function draw(days: Day[]): Bar[] {
	const dates = days.map(({ day }) => Date.parse(day) / 86_400_000);
	const [first = 0, last = 0] = [dates[0], dates.at(-1)];
	const step = WIDTH / (last - first + 1);
	const most = Math.max(1, ...days.map(({ yes, no }) => yes + no));
	const scale = HEIGHT / most;
	return days.map(({ day, yes, no }, n) => ({
		...{ day, x: (dates[n]! - first) * step, width: Math.max(1, Math.min(step - 1, 24)) },
		...{ yes: yes * scale, no: no * scale }
	}));
}
