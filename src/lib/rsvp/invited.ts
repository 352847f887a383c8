/** A household as an event's page shows it: how many of its guests are asked, and its groups. */
export type AskedHousehold = { id: string; name: string; guests: number; asked: number; tags: string[] };

/** Who is asked by themselves when they are new on the list: nobody, everybody, or these groups. */
export type Rule = { asking: 'chosen' | 'everybody' | 'tags'; tags: string[] };

/** How many guests the last change asked, and did not ask any more. */
export type Change = { id: string; added: number; removed: number };

export type Count = { households: number; guests: number };

/** How many would be asked, if it were all of these groups. */
export function countIn(households: AskedHousehold[], tags: string[]): Count {
	const found = households.filter((one) => one.tags.some((tag) => tags.includes(tag)));
	return count(found);
}

export function count(households: AskedHousehold[]): Count {
	return { households: households.length, guests: households.reduce((sum, { guests }) => sum + guests, 0) };
}
