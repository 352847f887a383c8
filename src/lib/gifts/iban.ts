/** As banks store it: without blanks, in capitals. */
export const readIban = (typed: string) => typed.replace(/[\s.\-\u200b]+/g, '').toUpperCase();

/** Its check digits fit (ISO 13616, which has them of ISO 7064): the number that it is leaves 1 of 97. */
export function isIban(iban: string): boolean {
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
	const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
		String(letter.charCodeAt(0) - 55)
	);
	return BigInt(digits) % 97n === 1n;
}

/** In groups of four, as people read it. */
export const groupIban = (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** ISO 9362. */
export const isBic = (bic: string) => /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic);
