import { regional } from '../i18n/format.ts';

/** Those of weddings near the languages that the site speaks, and the others that guests come with most. */
export const CURRENCIES = [
	...(['EUR', 'GBP', 'USD', 'CHF', 'CZK', 'DKK', 'HUF', 'NOK', 'PLN', 'RON', 'SEK', 'TRY'] as const),
	...(['AUD', 'CAD', 'JPY', 'MXN', 'ZAR'] as const)
] as const;
export type Currency = (typeof CURRENCIES)[number];

/** What an integer of Postgres holds at most, in the smallest unit. */
const MOST = 2_000_000_000;

/** How many digits stand behind its point: none for yen. */
const digitsOf = (currency: string) =>
	new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** "€ 1.299,50": in the smallest unit of its currency. */
export function sayPrice(price: number | null, currency: Currency, language: string): string {
	if (price === null) return '';
	const amount = price / 10 ** digitsOf(currency);
	const options = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const;
	return new Intl.NumberFormat(regional(language), options).format(amount);
}

/** As a field for it has it. */
export function typePrice(price: number | null, currency: Currency): string {
	if (price === null) return '';
	const digits = digitsOf(currency);
	return (price / 10 ** digits).toFixed(price % 10 ** digits ? digits : 0);
}

/** What somebody typed, as they do in their country: "1.299,50", "1,299.50", "€ 12". Undefined for what is no price. */
export function readPrice(typed: string, currency: Currency): number | undefined {
	const plain = typed.replace(/[\s\u2019']|[A-Z]{3}|\p{Sc}/gu, '').replace(/[.,]-+$/, '');
	const found = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*|\d+)(?:[.,](\d{1,2}))?$/.exec(plain);
	if (!found) return undefined;
	const [, whole = '', , part = ''] = found;
	const digits = digitsOf(currency);
	if (part.length > digits) return undefined;
	const price = Number(whole.replace(/[.,]/g, '') + part.padEnd(digits, '0'));
	return price <= MOST ? price : undefined;
}
