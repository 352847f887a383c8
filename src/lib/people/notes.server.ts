import { canSeal, seal, unseal } from '../kernel/db/sealed.server.ts';

/** Where the note on a household is sealed, for the seal. */
const noteOf = (householdId: string) => `household.note_sealed:${householdId}`;

/** What is to be stored of a note; undefined, which changes nothing, for one that nobody could type. */
export function close(householdId: string, note?: string) {
	if (note === undefined || !canSeal()) return undefined;
	return note ? seal(note, noteOf(householdId)) : null;
}

/** Empty where there is none, null where none can be kept. */
export function open(householdId: string, sealed: Uint8Array | null): string | null {
	if (!canSeal()) return null;
	return sealed ? unseal(sealed, noteOf(householdId)) : '';
}
