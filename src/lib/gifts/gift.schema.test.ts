import { expect, it } from 'vitest';
import { GiftDetails } from './gift.schema.ts';

const thing = {
	...{ kind: 'thing', title: { en: 'A wok' }, text: {}, link: '', price: '', currency: 'EUR', wanted: '1' },
	visibleOn: ''
};
const money = {
	...{ kind: 'money', title: { en: 'Honeymoon' }, text: {}, currency: 'EUR', visibleOn: '' },
	...{ holder: 'Anna', iban: 'nl91 abna 0417 1643 00', bic: '', reference: '' }
};

it('a gift is a thing, or an account', () => {
	expect(GiftDetails.parse({ ...thing, price: '12,50', wanted: '6' })).toMatchObject({
		...{ price: 1250, wanted: 6, iban: '', version: 0 }
	});
	expect(GiftDetails.parse({ ...money, version: '3' })).toMatchObject({
		...{ iban: 'NL91ABNA0417164300', link: '', price: null, wanted: 1, version: 3 }
	});
});

it.each<[string, object, Record<string, string>]>([
	['no title', { ...thing, title: { en: ' ', nl: '' } }, { 'title.en': 'required' }],
	['a link that runs', { ...thing, link: 'javascript:alert(1)' }, { link: 'web_link' }],
	['a link that is none', { ...thing, link: 'https://' }, { link: 'web_link' }],
	['a price that is none', { ...thing, price: 'much' }, { price: 'price' }],
	['a currency that we lack', { ...thing, currency: 'XXX' }, { currency: 'choose' }],
	['none of it', { ...thing, wanted: '0' }, { wanted: 'invalid' }],
	['too many', { ...thing, wanted: '100' }, { wanted: 'wanted_many' }],
	['a day that is none', { ...thing, visibleOn: '2066-02-31' }, { visibleOn: 'date' }],
	['an account without a holder', { ...money, holder: '' }, { holder: 'required' }],
	['a typo in the IBAN', { ...money, iban: 'NL91 ABNA 0417 1643 01' }, { iban: 'iban' }],
	['no IBAN', { ...money, iban: '' }, { iban: 'required' }],
	['a BIC that is none', { ...money, bic: 'ABN' }, { bic: 'bic' }],
	['a reference that no code holds', { ...money, reference: 'x'.repeat(141) }, { reference: 'too_long' }]
])('refuses %s', (_, form, issues) => {
	const { error } = GiftDetails.safeParse(form);
	const found = error!.issues.map(({ path, message }) => [path.join('.'), message]);
	expect(Object.fromEntries(found)).toEqual(issues);
});
