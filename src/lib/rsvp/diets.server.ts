/** Where a guest's diet is sealed, for the seal. */
export const dietOf = (guestId: string) => `diet.sealed:${guestId}`;
