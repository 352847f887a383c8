import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** How many requests may wait on one connection. Browsers and nginx ask again only when they have their answer. */
const MOST_WAITING = 50;

/**
 * Answers what comes over a connection one request after the other. Node reads thousands that were written at once
 * (HTTP pipelining) in one go and hands all of them over, which everybody else would have to wait for; their answers
 * go out one by one anyway. Who lets too many wait is cut off. `done` hears of each connection that has nothing left.
 */
export function inTurn(answer: Answer, done: (socket: Socket) => void): Answer {
	const waiting = new Map<Socket, (() => void)[]>();

	return (request, response) => {
		const { socket } = request;
		if (socket.destroyed) return;
		const begin = () => {
			response.once('close', () => next(socket));
			answer(request, response);
		};
		const line = waiting.get(socket);
		if (line && line.length >= MOST_WAITING) return void socket.destroy();
		if (line) return void line.push(begin);
		waiting.set(socket, []);
		begin();
	};

	function next(socket: Socket) {
		const begin = socket.destroyed ? undefined : waiting.get(socket)!.shift();
		// others have their turn in between, and whoever asked may leave
		if (begin) return void setImmediate(() => (socket.destroyed ? next(socket) : begin()));
		waiting.delete(socket);
		done(socket);
	}
}
