import type { Wedding } from '../weddings/wedding.ts';
import type { Sheet } from './reply.ts';

/** People who exist nowhere, for letters that are only looked at. */
export const sampleHousehold = {
	guests: [{ name: 'Maria Jansen' }, { name: 'Jan Jansen' }, { name: 'Sofie Jansen' }],
	names: ['Maria Jansen', 'Jan Jansen']
};

const guests = sampleHousehold.guests.map(({ name }, n) => ({ id: name, name, isChild: n === 2 }));
const fish = { id: 'fish', name: { en: 'Sea bass', nl: 'Zeebaars' }, isForChildren: false };
const pasta = { id: 'pasta', name: { en: 'Pasta', nl: 'Pasta' }, isForChildren: true };
const bus = { id: 'bus', name: { en: 'The bus at ten', nl: 'De bus van tien uur' } };

type Said = Pick<Sheet, 'events' | 'replies' | 'questions' | 'given' | 'song' | 'onBehalfBy'>;

/** Two of them come to dinner, and one has said so of the ceremony. */
export function sampleSheet(wedding: Pick<Wedding, 'heldOn'>): Said {
	const [maria, jan, sofie] = guests.map(({ id }) => id) as [string, string, string];
	return {
		events: [
			{ ...sampleEvent(wedding, 12), id: 'ceremony', name: { en: 'The ceremony', nl: 'De ceremonie' } },
			sampleEvent(wedding, 17)
		],
		replies: {
			ceremony: { [maria]: { state: 'yes' }, [jan]: { state: 'yes' }, [sofie]: { state: 'yes' } },
			dinner: {
				[maria]: { state: 'yes', mealId: fish.id },
				[jan]: { state: 'no' },
				[sofie]: { state: 'yes', mealId: pasta.id }
			}
		},
		questions: [
			{
				...{ id: 'home', text: { en: 'How do you get home?', nl: 'Hoe gaan jullie naar huis?' } },
				...{ kind: 'choice', scope: 'household', eventId: null, choices: [bus] },
				owners: [{ id: 'household', name: 'Family Jansen' }]
			}
		],
		given: { home: { household: bus.id } },
		song: 'Dancing Queen',
		onBehalfBy: ''
	};
}

/** Two places at the dinner, for three days. */
export function sampleOffers(wedding: Pick<Wedding, 'heldOn'>) {
	const event = sampleEvent(wedding, 17);
	const until = new Date(event.startsAt.getTime() - 30 * 24 * 3600_000);
	return [{ event, places: 2, until }];
}

function sampleEvent({ heldOn }: Pick<Wedding, 'heldOn'>, hour: number): Sheet['events'][0] {
	const startsAt = new Date((heldOn ?? new Date(Date.UTC(2027, 5, 12))).getTime() + hour * 3600_000);
	return {
		...{ id: 'dinner', name: { en: 'Dinner', nl: 'Diner' }, startsAt, endsAt: null, place: '', address: '' },
		...{ mapUrl: '', dressCode: {}, note: {}, capacity: null, meals: [fish, pasta], guests }
	};
}
