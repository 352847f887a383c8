import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A browser that Playwright does not bring along, with one tab. */
export type Engine = {
	go: (url: string) => Promise<unknown>;
	/** Runs this in the page; what goes in and comes out is JSON. */
	run: <Result, Args extends unknown[]>(act: (...args: Args) => Result, ...args: Args) => Promise<Result>;
	/** W3C's actions of pointers and keys: the same in both protocols. */
	perform: (actions: unknown[]) => Promise<unknown>;
	close: () => Promise<unknown>;
};

/** As the source of a function without arguments, whose result is text. */
export const source = (act: (...args: never[]) => unknown, args: unknown[]) =>
	`function () { return JSON.stringify((${act})(...${JSON.stringify(args)}) ?? null) }`;

/** Tries until it says yes; while a page goes to the next, asking it fails. */
export async function until(event: string, claim: () => Promise<unknown>): Promise<void> {
	const end = Date.now() + 20_000;
	let last: unknown;
	while (Date.now() < end) {
		last = await claim().catch((error) => error);
		if (last === true) return;
		await sleep(50);
	}
	throw new Error(`not so: ${event} (${last})`);
}

/** Presses the middle of the first element of this selector, as a mouse does, once it is there and has stopped moving. */
export async function press(engine: Engine, selector: string): Promise<void> {
	let place = { x: 0, y: 0 };
	let before = place;
	await until(`${selector} can be pressed`, async () => {
		before = place;
		place = await engine.run((selector) => {
			if (document.readyState === 'loading' || document.fonts.status === 'loading') return { x: 0, y: 0 };
			const element = document.querySelector(selector)!;
			element.scrollIntoView({ block: 'center' });
			const { left, top, width, height } = element.getBoundingClientRect();
			return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
		}, selector);
		return place.x > 0 && place.x === before.x && place.y === before.y;
	});
	const move = { type: 'pointerMove', duration: 0, origin: 'viewport', ...place };
	const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
	await engine.perform([{ type: 'pointer', id: 'mouse', actions }]);
}

/** Types where this selector is. */
export async function type(engine: Engine, selector: string, text: string): Promise<void> {
	await press(engine, selector);
	const actions = [...text].flatMap((value) => [
		{ type: 'keyDown', value },
		{ type: 'keyUp', value }
	]);
	const keys = [{ type: 'key', id: 'keys', actions }];
	await engine.perform(keys).catch(async () => {
		// WebKit's driver says "unknown error" once in a while, in the middle of a word: from the start then
		await engine.run((selector) => document.querySelector<HTMLInputElement>(selector)!.select(), selector);
		await engine.perform(keys);
	});
}

/** Sends commands over a socket and waits for what each comes to. */
export async function connect(url: string) {
	const socket = new WebSocket(url);
	await once(socket, 'open');
	const waiting = new Map<number, PromiseWithResolvers<never>>();
	socket.addEventListener('message', ({ data }) => {
		const { id, result, error, message } = JSON.parse(String(data));
		if (error) waiting.get(id)?.reject(new Error(`${error}: ${message}`));
		else waiting.get(id)?.resolve(result as never);
	});
	let last = 0;
	return <Result>(method: string, params: object): Promise<Result> => {
		const answer = Promise.withResolvers<never>();
		waiting.set(++last, answer);
		socket.send(JSON.stringify({ id: last, method, params }));
		return answer.promise;
	};
}
