import type { Language } from '../../lib/i18n/languages.ts';
import type { NewEvent } from '../../lib/rsvp/event.schema.ts';
import type { Sheet } from '../../lib/rsvp/reply.ts';
import type { Answers } from '../../lib/rsvp/reply.schema.ts';
import type { z } from 'zod';
import { NOTHING } from '../../lib/rsvp/given.server.ts';
import { answerQuestions } from './questions.ts';

type Event = z.output<typeof NewEvent>;

/** What happens on the day, in the order of the day. */
export function on(day: Date): Event[] {
	const at = (time: string, daysLater = 0) =>
		`${new Date(day.getTime() + daysLater * 86_400_000).toISOString().slice(0, 10)}T${time}`;
	const nothing = { en: '', nl: '' };
	const barn = { place: 'De Veldschuur', address: 'Koningsweg 12, Utrecht', mapUrl: '' };
	return [
		{
			name: { en: 'Ceremony', nl: 'Ceremonie', it: 'Cerimonia' },
			...{ startsAt: at('14:30'), endsAt: at('15:30') },
			...{ place: 'Janskerk', address: 'Janskerkhof 26, Utrecht', mapUrl: '' },
			dressCode: { en: 'Festive, and shoes for cobbles', nl: 'Feestelijk, met schoenen voor kinderkopjes' },
			note: {
				en: 'The doors open at two.',
				nl: 'De deuren gaan om twee uur open.',
				it: 'Le porte aprono alle due.'
			},
			...{ meals: [], asked: 'everybody', capacity: null }
		},
		{
			name: { en: 'Dinner', nl: 'Diner', it: 'Cena' },
			...{ startsAt: at('18:00'), endsAt: at('21:00'), ...barn, dressCode: nothing },
			note: {
				en: 'A bus leaves from the church at half past five.',
				nl: 'Om half zes vertrekt er een bus vanaf de kerk.',
				it: 'Alle cinque e mezza parte un pullman dalla chiesa.'
			},
			meals: [
				{
					name: { en: 'Sea bass with fennel', nl: 'Zeebaars met venkel', it: 'Branzino al finocchio' },
					isForChildren: false
				},
				{
					name: { en: 'Slow-cooked beef', nl: 'Langzaam gegaard rundvlees', it: 'Manzo a cottura lenta' },
					isForChildren: false
				},
				{
					name: { en: 'Stuffed aubergine', nl: 'Gevulde aubergine', it: 'Melanzane ripiene' },
					isForChildren: false
				},
				{ name: { en: 'Pancakes', nl: 'Pannenkoeken', it: 'Pancake' }, isForChildren: true }
			],
			...{ asked: 'everybody', capacity: 14 }
		},
		{
			name: { en: 'Party', nl: 'Feest', it: 'Festa' },
			...{ startsAt: at('21:00'), endsAt: at('01:00', 1), ...barn },
			...{ dressCode: nothing, note: nothing, meals: [], asked: 'everybody', capacity: null }
		}
	];
}

const DIETS = {
	en: [
		'',
		'Vegetarian',
		'No nuts, please: a real allergy',
		'',
		'Vegan',
		'No shellfish',
		'Coeliac',
		'No pork'
	],
	nl: ['', 'Vegetarisch', '', 'Geen noten: echt allergisch', '', 'Geen lactose', 'Geen varkensvlees'],
	it: ['Vegetariana', '', 'Niente frutta secca, per favore: è un’allergia vera', '', 'Senza glutine']
};
const SONGS = ['September', '', 'Dancing Queen', '', 'Als de morgen is gekomen', 'Bella ciao', ''];

/** What the `n`th household says: nearly all come, one cannot, and one has not decided about all of it. */
export function answer(sheet: Sheet, n: number, language: Language): Omit<Answers, 'version'> {
	const { events, guests } = sheet;
	const replies: Answers['replies'] = {};
	for (const { id, meals, guests } of events)
		for (const [g, guest] of guests.entries()) {
			if (n === 2 && g > 0 && meals.length === 0) continue;
			const state = n === 4 && g === 1 ? 'no' : 'yes';
			const fitting = meals.filter(({ isForChildren }) => isForChildren === guest.isChild);
			const mealId = state === 'yes' ? fitting[(n + g) % fitting.length]?.id : undefined;
			(replies[id] ??= {})[guest.id] = { state, mealId };
		}
	const eaten = (DIETS as Partial<Record<string, string[]>>)[language] ?? DIETS.en;
	const diets = Object.fromEntries(guests.map(({ id }, g) => [id, eaten[(n * 3 + g) % eaten.length]!]));
	const message = n === 0 ? 'We kunnen niet wachten! Tom oefent al op zijn danspassen.' : '';
	// where it is full they wait
	const waits = Object.fromEntries(
		events.map(({ id }) => [id, n % 2 ? ('part' as const) : ('whole' as const)])
	);
	const more = { message, song: SONGS[n % SONGS.length]!, ...answerQuestions(sheet, n) };
	return { replies, waits, diets, plusOnes: bring(sheet), ...more };
}

/** Where somebody may come along, her mother does, to all of it. */
function bring({ events, brought }: Sheet): Answers['plusOnes'] {
	if (!brought.allowed) return {};
	const states = Object.fromEntries(events.map(({ id }) => [id, 'yes' as const]));
	const meals = Object.fromEntries(events.map(({ id, meals }) => [id, meals[0]?.id]));
	const mother = { name: 'Nora Byrne', remove: false, host: brought.hosts[0], states, meals, diet: '' };
	return { 0: { ...mother, ...NOTHING } };
}
