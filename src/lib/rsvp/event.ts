import type { Words } from '../i18n/words.ts';

export type Meal = { id: string; name: Words; isForChildren: boolean };

export type Event = {
	id: string;
	name: Words;
	startsAt: Date;
	endsAt: Date | null;
	place: string;
	address: string;
	mapUrl: string;
	dressCode: Words;
	note: Words;
	/** how many guests there is room for; null where there is for all */
	capacity: number | null;
	meals: Meal[];
};

export const MOST_MEALS = 12;

/** A page of a map, which nobody but who follows the link tells where they are going. */
export function linkMap({ mapUrl, place, address }: Pick<Event, 'mapUrl' | 'place' | 'address'>): string {
	const query = [place, address].filter(Boolean).join(', ');
	return (
		mapUrl || (address && `https://www.openstreetmap.org/search?query=${encodeURIComponent(query)}`) || ''
	);
}

export type MealRow = { id?: string; isForChildren?: string } & Words;

/** The meals as they stand in a form. */
export function mealRows(form: unknown): MealRow[] {
	const meals = (form as { meals?: unknown } | null)?.meals;
	if (typeof meals !== 'object' || !meals) return [];
	return Object.values(meals).filter((row) => typeof row === 'object' && row) as MealRow[];
}
