type Message = {
	file: string;
	speaker: string;
	household: string;
	hoursAgo: number;
	reply?: string;
	isShared?: boolean;
	isKept?: boolean;
};

/** The guest book: what the couple has heard, and what is new to them. */
export const messages: Message[] = [
	{
		file: 'blue-dress.mp3',
		speaker: 'Riet de Boer',
		household: 'Oma Riet & Opa Wim',
		hoursAgo: 71,
		reply: 'Die blauwe! We kunnen niet wachten, oma.',
		isShared: true,
		isKept: true
	},
	{
		file: 'card-without-a-card.mp3',
		speaker: 'Daniel and Priya',
		household: 'Daniel Okafor',
		hoursAgo: 26
	},
	{ file: 'four-times.mp3', speaker: 'Helen Whitaker', household: 'The Whitakers', hoursAgo: 5 }
];
