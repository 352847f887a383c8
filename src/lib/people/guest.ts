import { regional } from '../i18n/format.ts';

export type Guest = {
	id: string;
	name: string;
	email: string | null;
	isChild: boolean;
	scores: number;
	/** with whom they came, where somebody brought them */
	plusOneOfId: string | null;
};

export type Addressee = { address: string; guestId: string; names: string[] };

/** Whom mail to a household goes to: once to each address, to everybody who has it. */
export function findAddressees(guests: Pick<Guest, 'id' | 'name' | 'email'>[]): Addressee[] {
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
export function enumerate(names: string[], language: string): string {
	return new Intl.ListFormat(regional(language)).format(names);
}

const TITLE =
	/^(dr|drs|dra|prof|profs|ir|ing|mr|mrs|ms|mx|miss|sir|rev|dhr|mevr|mw|hr|herr|frau|fr|mme|mlle|madame|monsieur|sig|sig\.ra|sig\.na|dott|dott\.ssa|avv|sr|sra|srta)\.?$/i;
/** Not half of a name: "Tante Cornelia", "Abdul Rahman". */
const WITH_NEXT =
	/^(oma|opa|oom|tante|neef|nicht|buurman|buurvrouw|aunt|auntie|uncle|grandma|grandpa|granny|cousine?|mamie|mamy|papi|papy|tonton|tata|tatie|oncle|zia|zio|nonna|nonno|cugin[ao]|onkel|omi|opi|vetter|abuel[ao]|t[ií][ao]|prim[ao]|don|doña|donna|abd|abdul|abu|عبد|أبو|ابو)$/i;
/** What begins with these is a family, a surname or initials. */
const NO_FIRST =
	/^([Ff]am\.?|[Ff]amil(ie|y|ia)|[Ff]amille|[Ff]amiglia|[Tt]he|[Hh]et|[Vv][ao]n|[Vv]om|[Zz]u[mr]?|[Dd]en?|[Dd]er|[Dd]ie|[Tt]e[rn]|[Ll][aeo]s|da|di|du|des?|del|dei|della?|la|le|el|al|bin|ibn|'t|(\p{Lu}\.)+|\p{Lu})$/u;
const SEVERAL = /[&+/]|\s(and|en|und|et|ed?|y)\s/;

/** "Anna" of "Dr. Anna Maria de Vries"; the whole name where that would be nobody's. */
export function firstName(name: string): string {
	const parts = name.trim().split(/\s+/);
	const titles = parts.findIndex((part) => !TITLE.test(part));
	const [first = '', ...more] = parts.slice(titles);
	if (SEVERAL.test(name) || NO_FIRST.test(first) || (titles > 0 && more.length === 0)) return name;
	return WITH_NEXT.test(first) ? [first, ...more.slice(0, 1)].join(' ') : first.replace(/,$/, '');
}
