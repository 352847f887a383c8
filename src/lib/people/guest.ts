export type Guest = {
	id: string;
	name: string;
	email: string | null;
	isChild: boolean;
	/** how many recordings this guest has scored */
	scores: number;
};

export type Addressee = { address: string; guestId: string; names: string[] };

/** Whom mail to a household goes to: once to each address, to everybody who has it. */
export function addressees(guests: Pick<Guest, 'id' | 'name' | 'email'>[]): Addressee[] {
	const found = new Map<string, Addressee>();
	for (const { id, name, email } of guests) {
		if (!email) continue;
		const known = found.get(email.toLowerCase());
		if (known) known.names.push(name);
		else found.set(email.toLowerCase(), { address: email, guestId: id, names: [name] });
	}
	return [...found.values()];
}

/** "Maria, Jan and Tom" */
export function enumerated(names: string[], language: string): string {
	return new Intl.ListFormat(language === 'en' ? 'en-GB' : language).format(names);
}
