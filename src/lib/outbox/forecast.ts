import { after, clock, DAY } from '../kernel/clock.ts';
import { m } from '../i18n/compiled/messages.js';
import { dayOf, timeOf, wallTime } from '../i18n/format.ts';
import type { Forecast } from './run.ts';

type Reader = { language: string; timeZone: string };

/** "142 leave now, the other 60 tomorrow after 01:00." */
export function sayForecast({ now, seconds, later, at }: Forecast, reader: Reader): string {
	if (at && now > 0) return m.forecast_parts({ now, later, when: sayWhen(at, reader) });
	if (at) return m.forecast_later({ later, when: sayWhen(at, reader) });
	return seconds < 60 ? m.forecast_soon() : m.forecast_minutes({ minutes: Math.ceil(seconds / 60) });
}

/** How long it takes until those have left that can: "About 4 minutes left". */
export function sayLeft(seconds: number): string {
	if (seconds < 60) return m.run_minute();
	const minutes = Math.round(seconds / 60);
	return minutes < 100 ? m.run_minutes({ minutes }) : m.run_hours({ hours: Math.round(minutes / 60) });
}

function sayWhen(at: Date, { language, timeZone }: Reader): string {
	const time = timeOf(at, language, timeZone);
	const day = dayAt(at, timeZone);
	if (day === dayAt(clock.now(), timeZone)) return m.forecast_today({ time });
	if (day === dayAt(after(DAY), timeZone)) return m.forecast_tomorrow({ time });
	return m.forecast_day({ day: dayOf(at, language, timeZone), time });
}

const dayAt = (time: Date, timeZone: string) => wallTime(time, timeZone).slice(0, 10);
