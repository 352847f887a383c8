import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Provider } from './mailersend.ts';
import type { Person } from './person.ts';

type Process = { url: string };
type Processes = { at: Process; then: Process };

const SAMPLE = join(import.meta.dirname, '../testing/sounds/waltz-stereo.ogg');

/** Asks at one process, gets the mail, and opens its link at another. */
export async function logIn(person: Person, email: string, provider: Provider, { at, then }: Processes) {
	const before = provider.received.length;
	const asked = await person.post(at, '/auth/send-link', { email });
	expect([asked.status, asked.headers.get('location')]).toEqual([303, '/login/sent']);
	const mail = await expect
		.poll(() => provider.received.slice(before).find(({ to }) => to[0]!.email === email), { timeout: 15_000 })
		.toBeTruthy()
		.then(() => provider.received.slice(before).find(({ to }) => to[0]!.email === email)!);
	const path = /\/auth\/verify\/[\w-]+/.exec(mail.text)![0];
	expect((await person.get(then, path)).status).toBe(200);
	expect((await person.post(then, path, {})).status).toBe(303);
}

/** Uploads at one process, and hears it at another, from beginning to end and in the middle. */
export async function uploadAndPlay(person: Person, at: Process, then: Process): Promise<string> {
	const sound = await readFile(SAMPLE);
	const form = new FormData();
	form.set('file', new File([sound], 'waltz.ogg', { type: 'audio/ogg' }));
	const uploaded = await person.post(at, '/api/upload', form, 'application/json');
	expect(uploaded.status).toBe(201);
	const { id } = (await uploaded.json()) as { id: string };

	const list = await person.get(then, '/recordings');
	expect(await list.text()).toContain(id);
	const audio = `/recordings/${id}/audio?original=1`;
	const whole = await person.get(then, audio);
	expect(Buffer.from(await whole.arrayBuffer()).equals(sound)).toBe(true);
	const part = await person.get(then, audio, { range: 'bytes=1000-1999' });
	expect(part.status).toBe(206);
	expect(Buffer.from(await part.arrayBuffer()).equals(sound.subarray(1000, 2000))).toBe(true);
	return id;
}
