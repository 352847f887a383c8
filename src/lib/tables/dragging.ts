import type { Attachment } from 'svelte/attachments';

/** Something that a pointer takes along: `move` comes once a frame. */
export type Dragged = {
	begin?: () => void;
	move: (x: number, y: number) => void;
	drop: (x: number, y: number) => void;
	/** it goes back where it was */
	cancel: () => void;
};

/** A press whose hand trembles is no drag. */
const FAR = 5;
/** So close to an edge the page or the frame scrolls, by so much a frame. */
const EDGE = 48;
const STEP = 12;

/**
 * Drags what `take` finds under a pointer. Escape cancels it. Whatever follows the pointer is moved by hand, no list is
 * rendered meanwhile.
 */
export function dragging(take: (event: PointerEvent) => Dragged | undefined): Attachment<HTMLElement> {
	return (place) => {
		const ending = new AbortController();
		const { signal } = ending;
		let held: ReturnType<typeof follow> | undefined;
		place.addEventListener(
			'pointerdown',
			(event) => {
				if (event.button !== 0 || !event.isPrimary) return;
				const dragged = take(event);
				if (dragged) held = follow(place, event, dragged);
			},
			{ signal }
		);
		// the page would scroll under a finger: browsers do not ask for the `touch-action` of what is within an SVG
		place.addEventListener(
			'touchmove',
			(event) => {
				if (held && !held.signal.aborted) event.preventDefault();
			},
			{ signal, passive: false }
		);
		// links and pictures have a drag of their own
		place.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
		return () => {
			held?.cancel();
			ending.abort();
		};
	};
}

function follow(place: HTMLElement, { pointerId, clientX, clientY }: PointerEvent, dragged: Dragged) {
	const pressed = new AbortController();
	const { signal } = pressed;
	let [x, y] = [clientX, clientY];
	let frame = 0;

	function show() {
		scrollAtEdges(place, x, y);
		dragged.move(x, y);
		frame = requestAnimationFrame(show);
	}

	function end(finish: () => void, isStillDown = false) {
		if (signal.aborted) return;
		pressed.abort();
		if (!frame) return;
		cancelAnimationFrame(frame);
		place.classList.remove('dragging');
		if (isStillDown) addEventListener('pointerup', swallowClick, { once: true });
		else swallowClick();
		finish();
	}
	const cancel = () => end(dragged.cancel);

	const isOurs = (event: PointerEvent) => event.pointerId === pointerId;
	const on = { signal } as const;
	place.addEventListener(
		'pointermove',
		(event) => {
			if (!isOurs(event)) return;
			[x, y] = [event.clientX, event.clientY];
			if (frame || Math.hypot(x - clientX, y - clientY) < FAR) return;
			place.setPointerCapture(pointerId);
			place.classList.add('dragging');
			dragged.begin?.();
			show();
		},
		on
	);
	addEventListener(
		'pointerup',
		(event) => isOurs(event) && end(() => dragged.drop(event.clientX, event.clientY)),
		on
	);
	addEventListener('pointercancel', (event) => isOurs(event) && cancel(), on);
	document.addEventListener('selectstart', (event) => event.preventDefault(), on);
	addEventListener(
		'keydown',
		(event) => {
			if (event.key !== 'Escape' || !frame) return;
			event.preventDefault();
			end(dragged.cancel, true);
		},
		on
	);
	return { cancel, signal };
}

/** The one that comes of letting go is no press on a link. */
function swallowClick() {
	const swallow = (event: Event) => {
		event.preventDefault();
		event.stopPropagation();
	};
	addEventListener('click', swallow, { capture: true, once: true });
	setTimeout(() => removeEventListener('click', swallow, { capture: true }));
}

function scrollAtEdges(place: HTMLElement, x: number, y: number) {
	const frame = place.querySelector<HTMLElement>('[data-scrolls]');
	const inside = frame?.getBoundingClientRect();
	if (frame && inside && x > inside.left && x < inside.right && y > inside.top && y < inside.bottom)
		frame.scrollBy(reach(x, inside.left, inside.right), reach(y, inside.top, inside.bottom));
	scrollBy(0, reach(y, 0, innerHeight));
}

const reach = (at: number, from: number, to: number) =>
	at < from + EDGE ? -STEP : at > to - EDGE ? STEP : 0;

/** Where in the room something on the screen is, in cm. */
export function findInRoom(svg: SVGSVGElement, x: number, y: number): { x: number; y: number } {
	const { left, top, width } = svg.getBoundingClientRect();
	const { x: fromLeft, y: fromTop, width: wide } = svg.viewBox.baseVal;
	const scale = wide / width;
	return { x: (x - left) * scale + fromLeft, y: (y - top) * scale + fromTop };
}
