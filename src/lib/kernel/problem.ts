/**
 * A refusal that a person can understand. `code` names the message `problem_<code>` in every language,
 * `params` fill its blanks, `headers` (Retry-After, say) go out with the answer.
 */
export class Problem extends Error {
	readonly status: number;
	readonly code: string;
	readonly params: Record<string, string | number>;
	readonly headers: Record<string, string>;

	constructor(
		status: number,
		code: string,
		params: Record<string, string | number> = {},
		headers: Record<string, string> = {}
	) {
		super(`${status} ${code}`);
		this.status = status;
		this.code = code;
		this.params = params;
		this.headers = headers;
	}
}
