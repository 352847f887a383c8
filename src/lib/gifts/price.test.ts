import { expect, it } from 'vitest';
import { type Currency, readPrice, sayPrice, typePrice } from './price.ts';

it.each<[string, Currency, number | undefined]>([
	['129', 'EUR', 12900],
	['129,50', 'EUR', 12950],
	['129.5', 'EUR', 12950],
	['€ 1.299,50', 'EUR', 129950],
	['1,299.50', 'USD', 129950],
	['1.299', 'EUR', 129900],
	['1’299.00', 'CHF', 129900],
	['12 500', 'JPY', 12500],
	['129,-', 'EUR', 12900],
	['12.50', 'JPY', undefined],
	['-12', 'EUR', undefined],
	['12,345.6.7', 'EUR', undefined],
	['about 12', 'EUR', undefined],
	['99999999', 'EUR', undefined]
])('%s in %s is %d of its smallest unit', (typed, currency, price) => {
	expect(readPrice(typed, currency)).toBe(price);
	if (price !== undefined) expect(readPrice(typePrice(price, currency), currency)).toBe(price);
});

it.each<[number | null, Currency, string, string]>([
	[12900, 'EUR', 'en', '€129'],
	[12950, 'EUR', 'nl', '€ 129,50'],
	[129950, 'EUR', 'de', '1.299,50 €'],
	[12500, 'JPY', 'en', 'JP¥12,500'],
	[null, 'EUR', 'en', '']
])('%d of %s in %s is %s', (price, currency, language, said) =>
	expect(sayPrice(price, currency, language).replaceAll('\u00a0', ' ')).toBe(said)
);
