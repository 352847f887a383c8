import type { Account } from './gift.ts';

/** Where a bank is found by an IBAN alone. */
const EEA = [
	...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS'],
	...['IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK']
];
/** Euros go there too, by their bank's BIC. */
const SEPA = ['AD', 'AL', 'CH', 'GB', 'GI', 'MC', 'MD', 'ME', 'MK', 'RS', 'SM', 'VA'];

/**
 * What a banking app reads from a code and fills in (EPC069-12, version 2.1), without an amount: that is the guest's to
 * type. Empty where no app could: the code is for euros within SEPA alone.
 */
export function writeTransfer({ holder, iban, bic, reference }: Account, currency: string): string {
	const country = iban.slice(0, 2);
	const isReached = EEA.includes(country) || (SEPA.includes(country) && bic !== '');
	if (currency !== 'EUR' || !isReached) return '';
	// version 2, in UTF-8, a SEPA credit transfer; no amount, purpose or structured reference
	const lines = ['BCD', '002', '1', 'SCT', bic, holder, iban, '', '', '', reference];
	return lines.join('\n').trimEnd();
}
