import type { BlockDetails } from '../../lib/pages/block.schema.ts';

const shown = { isHidden: false, visibleOn: null, onlyFor: [] };

/** Of the picture that stands with the first. */
export const farmAlt = {
	en: 'A farmhouse with a red roof in the evening, and a light in its windows',
	nl: 'Een boerderij met een rood dak in de avond, met licht achter de ramen'
};

/** What else their guests would ask them. */
export const blocks: BlockDetails[] = [
	{
		...{ ...shown, kind: 'stay', title: {} },
		text: {
			en: `We have put rooms aside until the first of May. Say that you are coming to the wedding.

- **Hotel Pauw**, behind the church: [+31 30 555 01 44](tel:+31305550144)
- **De Molenhoeve**, a farm with a view of the barn, breakfast from the hens next door: [rooms@molenhoeve.example](mailto:rooms@molenhoeve.example)

There is a field behind the barn for tents, and Thomas has promised pancakes in the morning.`,
			nl: `We hebben tot 1 mei kamers gereserveerd. Zeg erbij dat je voor de bruiloft komt.

- **Hotel Pauw**, achter de kerk: [030 555 01 44](tel:+31305550144)
- **De Molenhoeve**, een boerderij met uitzicht op de schuur, en ontbijt van de kippen ernaast: [kamers@molenhoeve.example](mailto:kamers@molenhoeve.example)

Achter de schuur is een veldje voor tenten, en Thomas heeft pannenkoeken beloofd voor de ochtend erna.`
		}
	},
	{
		...{ ...shown, kind: 'travel', title: {} },
		text: {
			en: `**By train**: Utrecht Centraal, and ten minutes on foot along the canal.

**By car**: there is no room at the church. Park at P+R Westraven and take the tram, or leave the car at the barn and come with the bus at a quarter to two.

**Back**: at half past eleven and at a quarter past one.`,
			nl: `**Met de trein**: Utrecht Centraal, en dan tien minuten lopen langs de gracht.

**Met de auto**: bij de kerk is geen plek. Parkeer bij P+R Westraven en neem de tram, of zet de auto bij de schuur en kom om kwart voor twee mee met de bus.

**Terug**: om half twaalf en om kwart over een.`
		}
	},
	{
		...{ ...shown, kind: 'question' },
		title: { en: 'Are the children welcome?', nl: 'Zijn de kinderen welkom?' },
		text: {
			en: 'Very much so, all day. From eight there is somebody to read to them upstairs.',
			nl: 'Heel graag, de hele dag. Vanaf acht uur leest er boven iemand voor.'
		}
	},
	{
		...{ ...shown, kind: 'question' },
		title: { en: 'May we take pictures?', nl: 'Mogen we foto’s maken?' },
		text: {
			en: 'At the party as many as you like. In the church, please let Lotte do it.',
			nl: 'Op het feest zoveel je wilt. Laat het in de kerk aan Lotte over.'
		}
	},
	{
		...{ ...shown, kind: 'question' },
		title: { en: 'What would you like as a present?', nl: 'Wat willen jullie hebben?' },
		text: {
			en: 'A recording. And if you must: there is a list further down, mostly for the garden, which is thistles.',
			nl: 'Een opname. En als het echt moet: verderop staat een lijstje, vooral voor de tuin, waar nu distels staan.'
		}
	},
	{
		...{ ...shown, kind: 'contact', title: {} },
		text: {
			en: `On the day itself our phones are off. Call Noor, who knows everything: [+31 6 5550 0199](tel:+31655500199).

Until then: [anna@example.org](mailto:anna@example.org)`,
			nl: `Op de dag zelf staan onze telefoons uit. Bel Noor, die weet alles: [06 5550 0199](tel:+31655500199).

Tot die tijd: [anna@example.org](mailto:anna@example.org)`
		}
	}
];
