import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Roles {
		guest: true;
		helper: true;
		couple: true;
	}
	interface Viewer {
		weddingId: string;
	}
	interface Rights {
		'wedding:read': true;
		'wedding:edit': true;
	}
}

/** The wedding itself: names, day, place, words of welcome. */
export const weddings = {
	name: 'weddings',
	uses: ['audit'],
	rights: {
		'wedding:read': ['guest', 'helper', 'couple'],
		'wedding:edit': ['couple']
	}
} satisfies Domain;
