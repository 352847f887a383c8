/** What a domain brings along, wherever it runs. */
export type Domain = {
	name: string;
	/** the domains that it imports, and no others */
	uses: readonly string[];
};

/** What it brings along for the server alone. */
export type ServerDomain = object;
