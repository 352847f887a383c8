/** The couple's words, by language; they may have written them in one only. */
export type Words = Partial<Record<string, string>>;

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

/** In the reader's language, else in the one that there is. */
export function readIn(words: Words, language: string): string {
	return words[language] || Object.values(words).find(Boolean) || '';
}

/** A page of a map, which nobody but who follows the link tells where they are going. */
export function linkMap({ mapUrl, place, address }: Pick<Event, 'mapUrl' | 'place' | 'address'>): string {
	const query = [place, address].filter(Boolean).join(', ');
	return (
		mapUrl || (address && `https://www.openstreetmap.org/search?query=${encodeURIComponent(query)}`) || ''
	);
}

export type MealRow = { id?: string; en?: string; nl?: string; isForChildren?: string };

/** The meals as they stand in a form. */
export function mealRows(form: unknown): MealRow[] {
	const meals = (form as { meals?: unknown } | null)?.meals;
	if (typeof meals !== 'object' || !meals) return [];
	return Object.values(meals).filter((row) => typeof row === 'object' && row) as MealRow[];
}

/** A meal without a name is none: clearing it takes it off the menu. */
export function isBlank({ en = '', nl = '' }: MealRow): boolean {
	return typeof en === 'string' && typeof nl === 'string' && !en.trim() && !nl.trim();
}
