import { z } from 'zod';
import { byLanguage, requiredByLanguage } from '../i18n/words.schema.ts';
import { id, line, requiredLine, text } from '../kernel/forms/fields.ts';
import { shownFields } from '../people/shown.schema.ts';
import { KINDS, MOST_WANTED, TAKERS_SHOWN } from './gift.ts';
import { isBic, isIban, readIban } from './iban.ts';
import { CURRENCIES, readPrice } from './price.ts';

const link = line(1000).refine(
	(typed) => typed === '' || (/^https?:\/\//i.test(typed) && URL.canParse(typed)),
	'web_link'
);

const wanted = z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(MOST_WANTED, 'wanted_many');
const version = z.coerce.number('invalid').int('invalid');

const common = {
	...{ title: requiredByLanguage(line(120)), text: byLanguage(text(3000)), ...shownFields },
	...{ currency: z.enum(CURRENCIES, { error: 'choose' }), version: version.default(0) }
};

const thing = z.object({
	...{ kind: z.literal('thing'), ...common, link, price: line(30), wanted }
});

// what a code for banking apps holds at most, EPC069-12
const money = z.object({
	...{ kind: z.literal('money'), ...common, holder: requiredLine(70), reference: line(140) },
	iban: requiredLine(60).transform(readIban).refine(isIban, 'iban'),
	bic: line(20)
		.transform(readIban)
		.refine((bic) => bic === '' || isBic(bic), 'bic')
});

/** `version` is that of the gift when its form was opened; a new one has none. */
export const GiftDetails = z.discriminatedUnion('kind', [thing, money]).transform((typed, { addIssue }) => {
	if (typed.kind === 'money') return { ...typed, link: '', price: null, wanted: 1 };
	const price = typed.price === '' ? null : readPrice(typed.price, typed.currency);
	if (price === undefined) addIssue({ code: 'custom', path: ['price'], message: 'price' });
	return { ...typed, price: price ?? null, holder: '', iban: '', bic: '', reference: '' };
});
export type GiftDetails = z.output<typeof GiftDetails>;

export const GiftChosen = z.object({ id });
export const GiftMove = z.object({ id, direction: z.enum(['up', 'down'], { error: 'invalid' }) });
export const GiftSwitch = z.object({ id, isHidden: z.enum(['yes', 'no'], { error: 'invalid' }) });
export const GiftKind = z.enum(KINDS).catch('thing');

const takersShown = z.enum(TAKERS_SHOWN, { error: 'choose' });

export const GiftListDetails = z.object({
	intro: byLanguage(text(2000)),
	takersShown,
	...shownFields,
	version
});
export type GiftListDetails = z.output<typeof GiftListDetails>;

/** `promised` is what the page said that the couple would see of it. */
export const GiftTake = z.object({ id, count: wanted.default(1), promised: takersShown });
