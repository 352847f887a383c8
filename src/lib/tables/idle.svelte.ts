import { goto } from '$app/navigation';
import { IDLE_SECONDS } from './finder.ts';

/** Leads back to where it begins once nobody has touched the page for a while: the next one sees nothing of the one before. */
export function idle(home: () => string): void {
	$effect(() => {
		const leave = () => {
			for (const field of document.querySelectorAll<HTMLInputElement>('main input')) field.value = '';
			if (location.pathname + location.search !== home()) void goto(home(), { replaceState: true });
		};
		let timer = setTimeout(leave, IDLE_SECONDS * 1000);
		const touch = () => {
			clearTimeout(timer);
			timer = setTimeout(leave, IDLE_SECONDS * 1000);
		};
		const signs = ['pointerdown', 'keydown', 'input', 'wheel'];
		for (const sign of signs) addEventListener(sign, touch, { passive: true });
		return () => {
			clearTimeout(timer);
			for (const sign of signs) removeEventListener(sign, touch);
		};
	});
}
