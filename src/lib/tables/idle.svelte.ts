import { goto } from '$app/navigation';
import { IDLE_SECONDS } from './finder.ts';

/** Remembers the language that the tablet had when it was put there. */
const USUAL = 'usual-language';

/**
 * Leads back to where it begins once nobody has touched the page for a while: the next one sees nothing of the one
 * before, nor their language.
 */
export function idle(home: () => string): void {
	$effect(() => {
		const { lang } = document.documentElement;
		const usual = sessionStorage.getItem(USUAL) ?? lang;
		sessionStorage.setItem(USUAL, usual);
		const leave = () => {
			for (const field of document.querySelectorAll<HTMLInputElement>('main input')) field.value = '';
			const form = document.querySelector<HTMLFormElement>('form[action="/language"]');
			if (usual !== lang && form) return speak(form, usual);
			if (location.pathname + location.search !== home()) void goto(home(), { replaceState: true });
		};
		const speak = (form: HTMLFormElement, language: string) => {
			form.querySelector<HTMLInputElement>('[name=next]')!.value = home();
			form.querySelector<HTMLButtonElement>(`[value="${language}"]`)!.click();
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
