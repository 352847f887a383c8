import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { type DndEvent, dragHandleZone, setAriaStrings, SOURCES, TRIGGERS } from 'svelte-dnd-action';
import { m } from '../i18n/compiled/messages.js';
import type { Moment, MomentAsSeen } from './moment.ts';
import type { Managed } from './recording.ts';

/** Where a recording was put down: `joins` is the one beside it, of the same moment. */
export type Drop = { recording: Managed; to: number; joins?: string };

/** The list while something in it is under way: what is seen is ahead of what is stored. */
export class Dragging {
	#stored: () => MomentAsSeen<Managed>[];
	#drop: (drop: Drop) => void;
	#ahead: MomentAsSeen<Managed>[] | null = $state.raw(null);

	constructor(stored: () => MomentAsSeen<Managed>[], drop: (drop: Drop) => void) {
		this.#stored = stored;
		this.#drop = drop;
	}

	get moments(): MomentAsSeen<Managed>[] {
		return this.#ahead ?? this.#stored();
	}

	/** Back to what is stored. */
	end() {
		this.#ahead = null;
	}

	/** What the library asks of a list. Keys put it down when they let go, a pointer in the list that it comes to. */
	handlers(version: string) {
		const take = ({ items }: DndEvent<Managed>) => {
			makeLog();
			this.#ahead = this.moments.map((moment) =>
				moment.version === version ? { ...moment, recordings: items } : moment
			);
		};
		return {
			onconsider: ({ detail }: CustomEvent<DndEvent<Managed>>) => {
				take(detail);
				if (detail.info.trigger === TRIGGERS.DRAG_STOPPED) this.#put(detail.info.id);
			},
			onfinalize: ({ detail }: CustomEvent<DndEvent<Managed>>) => {
				take(detail);
				const { source, trigger, id } = detail.info;
				if (source === SOURCES.POINTER && trigger !== TRIGGERS.DROPPED_INTO_ANOTHER) this.#put(id);
			}
		};
	}

	#put(id: string) {
		const drop = findDrop(this.moments, id);
		const stored = this.#stored().find(({ recordings }) => recordings.some((one) => one.id === id));
		const isThere = drop?.to === drop?.recording.position && drop?.moment === stored?.name;
		if (drop && !isThere) this.#drop(drop);
		else this.end();
	}
}

function findDrop(moments: Moment<Managed>[], id: string) {
	const all = moments.flatMap(({ recordings }) => recordings);
	const to = all.findIndex((recording) => recording.id === id) + 1;
	for (const { name, recordings } of moments) {
		const at = recordings.findIndex((recording) => recording.id === id);
		if (at >= 0)
			return {
				...{ recording: recordings[at]!, to, moment: name },
				joins: (recordings[at - 1] ?? recordings[at + 1])?.id
			};
	}
}

/** Out of the list, of which its columns are. */
function likeARow(row?: HTMLElement) {
	if (row) Object.assign(row.style, { gridTemplateColumns: '1fr auto auto', background: 'var(--paper)' });
}

/** A list that takes in what is dragged: it is told of its rows once they are there, which an action would be before. */
export function zone(rows: () => Managed[]): Attachment<HTMLElement> {
	const options = () => ({
		...{ items: rows(), type: 'recordings', zoneTabIndex: -1, flipDurationMs: 0 },
		// rows are of many heights
		useCursorForDetection: true,
		dropTargetStyle: { outline: '1px dashed var(--rule-strong)' },
		transformDraggedElement: likeARow
	});
	return (list) => {
		const { update, destroy } = untrack(() => dragHandleZone(list, options()));
		$effect(() => update?.(options()));
		return destroy;
	};
}

/** The library has an alert on the page all the time, also while nothing is wrong. */
function makeLog() {
	const place = document.getElementById('dnd-action-aria-alert');
	place?.setAttribute('role', 'log');
	place?.setAttribute('aria-live', 'assertive');
}

/** What a screen reader hears of it, in the language of the page. */
export function sayInOwnWords() {
	// it comes with the first list, or with the end of the page
	makeLog();
	addEventListener('DOMContentLoaded', makeLog, { once: true });
	setAriaStrings({
		dragStarted: ({ itemLabel: title, zoneLabel: list, position, count }) =>
			m.drag_started({ title, list, position, count }),
		movedToPosition: said,
		movedToZoneEnd: said,
		movedToZoneStart: said,
		dropped: ({ itemLabel: title, zoneLabel: list, position, count }) =>
			m.drag_dropped({ title, list, position, count }),
		zoneActiveInstruction: () => m.drag_hint(),
		zoneDragDisabledInstruction: m.drag_hint()
	});
}

type Context = { itemLabel: string; zoneLabel: string; position: number; count: number };
const said = ({ itemLabel: title, zoneLabel: list, position, count }: Context) =>
	m.drag_moved({ title, list, position, count });
