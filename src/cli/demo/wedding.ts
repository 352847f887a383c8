/** The wedding that a visitor of a new install sees. Its people exist nowhere else. */
export const couple = [
	{ email: 'anna@example.org', name: 'Anna' },
	{ email: 'ben@example.org', name: 'Ben' }
];

export const wedding = {
	names: 'Anna & Ben',
	place: 'Janskerk, Utrecht',
	welcome: {
		en: `We are getting married, and it would not be the day without you.

Until then there is something to listen to. Friends and family have been recording things for us: toasts that were only a rehearsal, a waltz from the engagement party, and the answering machine of aunt Cornelia. Tell us which ones you like best, and we will play those at dinner.`,
		nl: `We gaan trouwen, en zonder jullie is het geen feest.

Tot die tijd valt er iets te luisteren. Vrienden en familie hebben van alles voor ons opgenomen: toasts die nog maar een repetitie waren, een wals van het verlovingsfeest en het antwoordapparaat van tante Cornelia. Laat weten wat je het mooist vindt, dan draaien we dat bij het diner.`
	},
	timeZone: 'Europe/Amsterdam',
	language: 'en' as const
};

type Guest = { name: string; email?: string; isChild?: boolean };

/** How far a household has come: its invitation went out, it opened the site, it scored recordings. */
type Stage = 'new' | 'invited' | 'opened' | 'scored';

export const households: { name: string; language: 'en' | 'nl'; stage: Stage; guests: Guest[] }[] = [
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
		language: 'en',
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

type Sound = { file: string; title: string; speaker: string; moment: string; isHidden?: boolean };

export const recordings: Sound[] = [
	{
		file: 'groet-mono-22k.wav',
		title: "Aunt Cornelia's answering machine",
		speaker: 'Cornelia',
		moment: 'Voicemail'
	},
	{ file: 'toast-phone.m4a', title: 'A toast, first attempt', speaker: 'Daniel', moment: 'Engagement party' },
	{ file: 'auguri-24bit.flac', title: 'Auguri!', speaker: 'Lucia', moment: 'Engagement party' },
	{ file: 'waltz-stereo.ogg', title: 'The waltz', speaker: 'Nina and Sam', moment: 'Engagement party' },
	{ file: 'toast-cbr.mp3', title: 'A toast, second attempt', speaker: 'Daniel', moment: 'Rehearsal' },
	{
		file: 'groet.aac',
		title: 'A greeting from the kitchen',
		speaker: 'Maria',
		moment: 'Sunday at the Jansens'
	},
	{
		file: 'auguri-24bit-stereo.wav',
		title: 'Auguri, once more and louder',
		speaker: 'Lucia',
		moment: 'Engagement party'
	},
	{
		file: 'toast-recorder-no-duration.webm',
		title: 'The toast over a video call',
		speaker: 'Daniel',
		moment: 'Rehearsal'
	},
	{ file: 'toast-voice.ogg', title: 'The toast as a voice message', speaker: 'Daniel', moment: 'Rehearsal' },
	{
		file: 'groet-tiny-8k.mp3',
		title: 'A voicemail at half past six',
		speaker: 'Cornelia',
		moment: 'Voicemail'
	},
	{
		file: 'auguri.aiff',
		title: 'Auguri, from the studio tape',
		speaker: 'Lucia',
		moment: 'Engagement party'
	},
	{
		file: 'groet-adpcm.wav',
		title: "From grandfather's dictation machine",
		speaker: 'Wim',
		moment: 'Found in a drawer'
	},
	{
		file: 'toast-vbr-no-xing.mp3',
		title: 'The toast we keep for dinner',
		speaker: 'Daniel',
		moment: 'Rehearsal',
		isHidden: true
	}
];
