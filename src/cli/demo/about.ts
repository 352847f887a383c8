type About = { tags: string[]; address?: string; phone?: string; note?: string };

/** What the couple knows of its households beside their guests, by their names. */
export const about: Record<string, About> = {
	'Family Jansen': { tags: ['Family'], address: 'Lindelaan 8\n3742 BK Baarn', phone: '06 2841 7730' },
	'Oma Riet & Opa Wim': {
		tags: ['Family'],
		address: 'Kerkstraat 41\n3764 CR Soest',
		phone: '035 601 4482',
		note: 'Wim hears little on the left: not beside the speakers.'
	},
	'Daniel Okafor': {
		tags: ['Friends', 'Witnesses'],
		address: '14 Albion Road\nLondon N16 9PA',
		phone: '+44 20 7946 0153'
	},
	'The Whitakers': { tags: ['Family'], address: 'Mill Cottage\nChartham CT4 7HU', phone: '+44 1632 960 418' },
	'Lucia & Paolo': { tags: ['Friends'], address: 'Via dei Serpenti 22\n00184 Roma' },
	'Tante Cornelia': { tags: ['Family'], address: 'Zeestraat 5\n1972 AB IJmuiden', phone: '0255 51 20 98' },
	'Sanne & Lotte': { tags: ['Friends', 'Witnesses'], phone: '06 3390 1187' },
	'Family Yılmaz': {
		tags: ['Neighbours'],
		address: 'Koekoekstraat 17\n3514 CS Utrecht',
		phone: '06 1877 5402'
	},
	'Aoife & Ciarán': { tags: ['Friends'] },
	'Familie Smit': { tags: ['Family'], address: 'Dorpsweg 2\n3628 AM Kockengen', phone: '06 5524 0936' },
	'Hugo Lindqvist': { tags: ['Work'] },
	'Joris & Femke': { tags: ['Friends'], phone: '06 4417 2208' },
	'Grandpa Arthur': {
		tags: ['Family'],
		address: '3 Harbour Terrace\nWhitstable CT5 1AB',
		phone: '+44 1632 960 774'
	},
	'Mei & Oliver': { tags: ['Work'] },
	'Buurman Henk': {
		tags: ['Neighbours'],
		address: 'Koekoekstraat 15\n3514 CS Utrecht',
		phone: '030 271 6603'
	},
	'Zoë & Émile': { tags: ['Friends'], address: '8 rue des Rosiers\n75004 Paris' },
	'Familie de Groot': { tags: ['Family'], phone: '06 2093 8841' },
	'The band': { tags: ['Work'], phone: '06 8112 4475' }
};
