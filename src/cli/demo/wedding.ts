import type { Language } from '../../lib/i18n/languages.ts';
import { arthur } from './transcript.ts';

/** The wedding that a visitor of a new install sees. Its people exist nowhere else. */
export const members = [
	{ email: 'anna@example.org', name: 'Anna', role: 'couple' },
	{ email: 'ben@example.org', name: 'Ben', role: 'couple' },
	{ email: 'noor@example.org', name: 'Noor Visser', role: 'planner' },
	{ email: 'thomas@example.org', name: 'Thomas', role: 'helper' }
] as const;

export const wedding = {
	names: 'Anna & Ben',
	place: 'Janskerk, Utrecht',
	welcome: {
		en: `We are getting married, and it would not be the day without you.

Until then there is something to listen to. Friends and family have been recording things for us: toasts that were only a rehearsal, a waltz from the engagement party, and the answering machine of aunt Cornelia. Tell us which ones you like best, and we will play those at dinner.`,
		nl: `We gaan trouwen, en zonder jullie is het geen feest.

Tot die tijd valt er iets te luisteren. Vrienden en familie hebben van alles voor ons opgenomen: toasts die nog maar een repetitie waren, een wals van het verlovingsfeest en het antwoordapparaat van tante Cornelia. Laat weten wat je het mooist vindt, dan draaien we dat bij het diner.`
	},
	...{ timeZone: 'Europe/Amsterdam', language: 'en' as const, guestsMayTake: true }
};

type Guest = { name: string; email?: string; isChild?: boolean };

/** How far a household has come: its invitation went out, it opened the site, it scored recordings. */
type Stage = 'new' | 'invited' | 'opened' | 'scored';

type Household = { name: string; language: Language; stage: Stage; plusOnes?: number; guests: Guest[] };

export const households: Household[] = [
	{
		name: 'Family Jansen',
		language: 'nl',
		stage: 'scored',
		guests: [
			{ name: 'Maria Jansen', email: 'maria.jansen@example.org' },
			{ name: 'Jan Jansen' },
			{ name: 'Sofie Jansen', isChild: true },
			{ name: 'Tom Jansen', isChild: true }
		]
	},
	{
		name: 'Oma Riet & Opa Wim',
		language: 'nl',
		stage: 'scored',
		guests: [{ name: 'Riet de Boer' }, { name: 'Wim de Boer' }]
	},
	{
		name: 'Daniel Okafor',
		language: 'en',
		stage: 'scored',
		guests: [{ name: 'Daniel Okafor', email: 'daniel.okafor@example.org' }, { name: 'Priya Nair' }]
	},
	{
		name: 'The Whitakers',
		language: 'en',
		stage: 'scored',
		guests: [
			{ name: 'Helen Whitaker', email: 'helen.whitaker@example.org' },
			{ name: 'George Whitaker', email: 'george.whitaker@example.org' },
			{ name: 'Poppy Whitaker', isChild: true }
		]
	},
	{
		name: 'Lucia & Paolo',
		language: 'it',
		stage: 'scored',
		guests: [{ name: 'Lucia Ferri', email: 'lucia.ferri@example.org' }, { name: 'Paolo Ferri' }]
	},
	{
		name: 'Tante Cornelia',
		language: 'nl',
		stage: 'opened',
		guests: [{ name: 'Cornelia van Dijk' }]
	},
	{
		name: 'Sanne & Lotte',
		language: 'nl',
		stage: 'scored',
		guests: [
			{ name: 'Sanne Bakker', email: 'sanne.bakker@example.org' },
			{ name: 'Lotte Visser', email: 'lotte.visser@example.org' }
		]
	},
	{
		name: 'Family Yılmaz',
		language: 'nl',
		stage: 'opened',
		guests: [
			{ name: 'Elif Yılmaz', email: 'elif.yilmaz@example.org' },
			{ name: 'Murat Yılmaz' },
			{ name: 'Deniz Yılmaz', isChild: true }
		]
	},
	{
		name: 'Aoife & Ciarán',
		language: 'en',
		stage: 'scored',
		plusOnes: 1,
		guests: [{ name: 'Aoife Byrne', email: 'aoife.byrne@example.org' }, { name: 'Ciarán Byrne' }]
	},
	{
		name: 'Familie Smit',
		language: 'nl',
		stage: 'invited',
		guests: [
			{ name: 'Karin Smit', email: 'karin.smit@example.org' },
			{ name: 'Peter Smit' },
			{ name: 'Bram Smit', isChild: true }
		]
	},
	{
		name: 'Hugo Lindqvist',
		language: 'en',
		stage: 'opened',
		plusOnes: 1,
		guests: [{ name: 'Hugo Lindqvist', email: 'hugo.lindqvist@example.org' }]
	},
	{
		name: 'Joris & Femke',
		language: 'nl',
		stage: 'invited',
		guests: [
			{ name: 'Joris Mulder', email: 'joris.mulder@example.org' },
			{ name: 'Femke Mulder' },
			{ name: 'Pien Mulder', isChild: true }
		]
	},
	{
		name: 'Grandpa Arthur',
		language: 'en',
		stage: 'opened',
		guests: [{ name: 'Arthur Hale' }]
	},
	{
		name: 'Mei & Oliver',
		language: 'en',
		stage: 'invited',
		guests: [{ name: 'Mei Chen', email: 'mei.chen@example.org' }, { name: 'Oliver Grant' }]
	},
	{
		name: 'Buurman Henk',
		language: 'nl',
		stage: 'new',
		guests: [{ name: 'Henk Kuipers' }, { name: 'Greet Kuipers' }]
	},
	{
		name: 'Zoë & Émile',
		language: 'en',
		stage: 'invited',
		guests: [{ name: 'Zoë Laurent', email: 'zoe.laurent@example.org' }, { name: 'Émile Laurent' }]
	},
	{
		name: 'Familie de Groot',
		language: 'nl',
		stage: 'new',
		guests: [
			{ name: 'Anneke de Groot', email: 'anneke.degroot@example.org' },
			{ name: 'Ruud de Groot' },
			{ name: 'Mees de Groot', isChild: true }
		]
	},
	{
		name: 'The band',
		language: 'en',
		stage: 'new',
		guests: [{ name: 'Nina Castellanos', email: 'nina.castellanos@example.org' }, { name: 'Sam Abbott' }]
	}
];

export type Sound = {
	file: string;
	title: string;
	speaker: string;
	moment: string;
	daysAgo: number;
	/** what most people think of it; nobody hears what is hidden */
	stars?: number;
	isHidden?: boolean;
	transcript?: string;
	/** what guests wrote with it, by their names */
	comments?: Record<string, string>;
};

export const recordings: Sound[] = [
	{
		file: 'answering-machine.mp3',
		title: 'Aunt Cornelia’s answering machine message',
		speaker: 'Cornelia',
		moment: 'Voicemail',
		daysAgo: 96,
		stars: 5
	},
	{
		file: 'best-man.mp3',
		title: 'The toast with the Tuesday in it',
		speaker: 'Daniel',
		moment: 'Engagement party',
		daysAgo: 113,
		stars: 4
	},
	{
		file: 'waltz.mp3',
		title: 'The waltz',
		speaker: 'Nina and Sam',
		moment: 'Engagement party',
		daysAgo: 113,
		stars: 5,
		comments: {
			'Helen Whitaker': 'George trod on my feet twice, and I would dance it again.',
			'Riet de Boer': 'Wim en ik hebben in de keuken meegedanst.'
		}
	},
	{
		file: 'oma.mp3',
		title: 'Oma vertelt over haar bruiloft',
		speaker: 'Riet',
		moment: 'Sunday at oma’s',
		daysAgo: 61,
		stars: 5
	},
	{
		file: 'auguri.mp3',
		title: 'Auguri!',
		speaker: 'Lucia',
		moment: 'Engagement party',
		daysAgo: 113,
		stars: 3
	},
	{
		file: 'witness.mp3',
		title: 'Toespraak van de getuige, geoefend in de auto',
		speaker: 'Sanne',
		moment: 'Rehearsal',
		daysAgo: 17,
		stars: 4
	},
	{
		file: 'grandpa-arthur.mp3',
		title: 'Grandpa Arthur on being married',
		speaker: 'Arthur',
		moment: 'Voicemail',
		daysAgo: 74,
		stars: 5,
		transcript: arthur
	},
	{
		file: 'children.mp3',
		title: 'Sofie en Tom hebben een vraag',
		speaker: 'Sofie and Tom',
		moment: 'Sunday at the Jansens',
		daysAgo: 40,
		stars: 4
	},
	{
		file: 'jig.mp3',
		title: 'Haste to the Wedding',
		speaker: 'Aoife and Ciarán',
		moment: 'A kitchen in Galway',
		daysAgo: 52,
		stars: 4
	},
	{
		file: 'whitakers.mp3',
		title: 'Behind a tractor near Canterbury',
		speaker: 'The Whitakers',
		moment: 'On the way',
		daysAgo: 33,
		stars: 3
	},
	{
		file: 'elif-and-murat.mp3',
		title: 'De buren over de ladder',
		speaker: 'Elif and Murat',
		moment: 'Next door',
		daysAgo: 28,
		stars: 4
	},
	{
		file: 'hugo.mp3',
		title: 'Hugo says yes, from a tram',
		speaker: 'Hugo',
		moment: 'Voicemail',
		daysAgo: 12,
		stars: 3
	},
	{
		file: 'vows.mp3',
		title: 'My vows, at half past one',
		speaker: 'Ben',
		moment: 'The kitchen, alone',
		daysAgo: 9,
		isHidden: true
	}
];
