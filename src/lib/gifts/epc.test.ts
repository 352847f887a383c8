import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readCodes } from '../../testing/printed.ts';
import { drawCode } from '../kernel/media/code.ts';
import { writeTransfer } from './epc.ts';
import { groupIban, isBic, isIban, readIban } from './iban.ts';

describe('an IBAN', () => {
	it.each([
		['NL91 ABNA 0417 1643 00', true],
		['be68-5390-0754-7034', true],
		['DE89370400440532013000', true],
		['GB29NWBK60161331926819', true],
		['MT84MALT011000012345MTLCAST001S', true],
		['NL91 ABNA 0417 1643 01', false],
		['NL19 ABNA 0417 1643 00', false],
		['91 ABNA 0417 1643 00', false],
		['NL91', false],
		['', false]
	])('%s fits its check digits: %s', (typed, fits) => expect(isIban(readIban(typed))).toBe(fits));

	it('is read in groups of four', () =>
		expect(groupIban('NL91ABNA0417164300')).toBe('NL91 ABNA 0417 1643 00'));

	it.each([
		['ABNANL2A', true],
		['ABNANL2AXXX', true],
		['ABNANL2', false],
		['1BNANL2A', false]
	])('has a bank: %s is a BIC: %s', (bic, is) => expect(isBic(bic)).toBe(is));
});

describe('a code for banking apps', () => {
	const account = { holder: 'Anna de Vries', iban: 'NL91ABNA0417164300', bic: '', reference: 'Honeymoon' };

	it('says where the money goes, line by line, and leaves the amount to the guest', () => {
		expect(writeTransfer(account, 'EUR')).toBe(
			'BCD\n002\n1\nSCT\n\nAnna de Vries\nNL91ABNA0417164300\n\n\n\nHoneymoon'
		);
		const plain = writeTransfer({ ...account, reference: '' }, 'EUR');
		expect(plain.split('\n')).toHaveLength(7);
		expect(new TextEncoder().encode(plain).length).toBeLessThan(331);
	});

	it('is read by a phone as it was written', async () => {
		const text = writeTransfer({ ...account, holder: 'Zoë & Łukasz' }, 'EUR');
		const { path, size } = drawCode(text);
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="400"><path d="${path}"/></svg>`;
		const png = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png().toBuffer();
		expect(await readCodes(new Blob([new Uint8Array(png)]))).toEqual([text]);
	});

	it.each([
		['another currency', account, 'CHF', false],
		['a bank outside of the EEA without a BIC', { ...account, iban: 'CH9300762011623852957' }, 'EUR', false],
		['a bank outside of SEPA', { ...account, iban: 'TR330006100519786457841326', bic: 'X' }, 'EUR', false],
		[
			'a bank outside of the EEA by its BIC',
			{ ...account, iban: 'CH9300762011623852957', bic: 'UBSWCHZH80A' },
			'EUR',
			true
		]
	])('for %s: is there %#', (_, given, currency, is) =>
		expect(writeTransfer(given, currency) !== '').toBe(is)
	);

	it('has at most 69 squares a side, its quiet edge aside', () => {
		const longest = {
			holder: 'ü'.repeat(35),
			iban: 'M'.repeat(34),
			bic: 'ABNANL2AXXX',
			reference: 'é'.repeat(70)
		};
		const { size } = drawCode(writeTransfer({ ...longest, iban: `NL${'1'.repeat(32)}` }, 'EUR'));
		expect(size - 8).toBeLessThanOrEqual(69);
	});
});
