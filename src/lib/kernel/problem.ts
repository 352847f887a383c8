/**
 * A refusal that a person can understand; whoever throws it need not know who listens. Either `code` names the message
 * `problem_<code>` in every language and `params` fill its blanks, or it is a sentence for the maintainer, in English,
 * as what runs the install speaks. `headers` (Retry-After, say) go out with a page's answer.
 */
export class Problem extends Error {
	override name = 'Problem';
	readonly status: number;
	readonly code: string;
	readonly params: Record<string, string | number>;
	readonly headers: Record<string, string>;

	constructor(sentence: string);
	constructor(
		status: number,
		code: string,
		params?: Record<string, string | number>,
		headers?: Record<string, string>
	);
	constructor(
		given: string | number,
		code = 'refused',
		params: Record<string, string | number> = {},
		headers: Record<string, string> = {}
	) {
		super(typeof given === 'string' ? given : `${given} ${code}`);
		this.status = typeof given === 'string' ? 400 : given;
		this.code = code;
		this.params = params;
		this.headers = headers;
	}
}
