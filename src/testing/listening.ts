import type { Page } from '@playwright/test';
import { expect } from './site.ts';

/* What a page has on which recordings are played, and what is heard of them. */

export const bar = (page: Page) => page.getByRole('region', { name: 'Player' });
export const audio = (page: Page) => page.locator('audio');
export const slider = (page: Page) => page.getByRole('slider', { name: 'Place in the recording' });
export const row = (page: Page, title: string) => page.locator('main ol > li').filter({ hasText: title });

export const currentTime = (page: Page) =>
	audio(page).evaluate((sound: HTMLAudioElement) => sound.currentTime);
export const isPlaying = (page: Page, title: string) =>
	expect
		.poll(() =>
			audio(page).evaluate((sound: HTMLAudioElement) => !sound.paused && sound.currentTime > 0 && sound.title)
		)
		.toBe(title);

/** The files are a few seconds long: on a busy machine the end would come before the test has looked. */
export const slowly = (page: Page) =>
	page.addInitScript(() => {
		const play = HTMLMediaElement.prototype.play;
		HTMLMediaElement.prototype.play = function () {
			this.defaultPlaybackRate = this.playbackRate = 0.2;
			return play.call(this);
		};
	});
