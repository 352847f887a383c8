import * as giftList from '../../lib/gifts/gift-list.server.ts';
import type { GiftDetails } from '../../lib/gifts/gift.schema.ts';
import * as gifts from '../../lib/gifts/gifts.server.ts';
import * as takings from '../../lib/gifts/takings.server.ts';
import { db } from '../../lib/kernel/db/db.server.ts';
import type { Viewer } from '../../lib/kernel/viewer.ts';
import { keepDrawing } from './drawings.ts';

type Thing = Pick<GiftDetails, 'title' | 'text'> & {
	price?: number;
	link?: string;
	wanted?: number;
	drawing?: 'pearTree';
	/** the households that bring it, and how many */
	takers?: Record<string, number>;
};

const shown = {
	...{ isHidden: false, visibleOn: null, onlyFor: [] as string[], version: 0 },
	currency: 'EUR' as const
};
const noAccount = { holder: '', iban: '', bic: '', reference: '' };

/** What Anna and Ben would like for a house with a garden of thistles. */
const THINGS: Thing[] = [
	{
		title: { en: 'A pear tree', nl: 'Een perenboom' },
		text: {
			en: 'A Conference, half-standard, to be planted by whoever gives it.',
			nl: 'Een Conference, halfstam, en wie hem geeft mag hem planten.'
		},
		...{ price: 8500, link: 'https://kwekerij-de-linde.example/conference', drawing: 'pearTree' },
		takers: { 'Oma Riet & Opa Wim': 1 }
	},
	{
		title: { en: 'A deep plate, grey-blue', nl: 'Een diep bord, grijsblauw' },
		text: {
			en: 'From the potter in the Twijnstraat. We have none, and twelve people at Christmas.',
			nl: 'Van de pottenbakker in de Twijnstraat. We hebben er geen, en met kerst zijn we met zijn twaalven.'
		},
		...{ price: 2450, wanted: 12, takers: { 'Family Jansen': 4 } }
	},
	{
		title: { en: 'A wheelbarrow', nl: 'Een kruiwagen' },
		text: { en: 'With two wheels, please: Ben tips over.', nl: 'Graag met twee wielen: Ben valt om.' },
		...{ price: 11900, link: 'https://www.tuinenzo.example/kruiwagens' }
	},
	{
		title: { en: 'A cast-iron pan', nl: 'Een gietijzeren pan' },
		text: { en: '28 cm, any colour but red.', nl: '28 cm, elke kleur behalve rood.' },
		price: 14995
	},
	{
		title: { en: 'Doing the dishes the morning after', nl: 'De afwas, de ochtend erna' },
		text: { en: 'For two, with coffee.', nl: 'Voor twee, met koffie.' },
		wanted: 2
	}
];

const HONEYMOON: GiftDetails = {
	...{ ...shown, kind: 'money', price: null, link: '', wanted: 1 },
	title: { en: 'One more night on the train', nl: 'Nog een nacht in de trein' },
	text: {
		en: 'We go to Lisbon without flying, and want to take as long as we can.',
		nl: 'We gaan zonder vliegtuig naar Lissabon, en willen er zo lang mogelijk over doen.'
	},
	// the example that banks print
	...{ holder: 'Anna & Ben', iban: 'NL91ABNA0417164300', bic: '', reference: 'Lisbon' }
};

const LIST = {
	...{ isHidden: false, visibleOn: null, onlyFor: [], version: 0, takersShown: 'takers' as const },
	intro: {
		en: 'That you come is what we want most. If you would like to bring something all the same:',
		nl: 'Dat jullie komen is het mooiste. Willen jullie toch iets meenemen:'
	}
};

export async function fill(viewer: Viewer): Promise<void> {
	const { weddingId } = viewer;
	await giftList.set(viewer, LIST);
	for (const { drawing, takers = {}, price = null, link = '', wanted = 1, ...words } of THINGS) {
		const thing = { ...shown, ...noAccount, kind: 'thing' as const, price, link, wanted, ...words };
		const id = await gifts.add(viewer, thing);
		if (drawing) await keepDrawing(viewer, { place: 'gift', subjectId: id }, drawing);
		for (const [name, count] of Object.entries(takers)) {
			const { id: householdId } = await db.household.findFirstOrThrow({ where: { weddingId, name } });
			const guest = { role: 'guest', weddingId, householdId } as const;
			await takings.take(guest, { id, count, promised: 'takers' });
		}
	}
	await gifts.add(viewer, HONEYMOON);
}
