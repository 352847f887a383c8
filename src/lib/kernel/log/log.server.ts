import pino from 'pino';
import { requestId } from '../http/request.server.ts';
import { settings } from '../settings.server.ts';

const SECRETS: [RegExp, string][] = [
	// but not the name of a route, /auth/verify/[token]
	[/(\/auth\/verify\/|\/i\/|\/feed\/|\/unsubscribe\/|\/door\/in\/|\/seats\/)(?!\[)[^\s"'?#\\/]+/gi, '$1***'],
	[/((?:session|nonce)=)[^\s;"\\]+/gi, '$1***'],
	[/(Bearer\s+)[^\s"\\]+/g, '$1***'],
	// only from where the signs of an address begin: from each of them it would take the square of the time
	[
		/(?<![\p{L}\p{N}.!#$%&*+/=?^_`{|}~-])([.!#$%&*+/=?^_`{|}~-]*[\p{L}\p{N}])[\p{L}\p{N}.!#$%&*+/=?^_`{|}~-]*@([\p{L}\p{N}.-]+)/gu,
		'$1***@$2'
	]
];

/** Tokens, cookies and mail addresses do not reach a log, whichever field or message they stand in. */
export function mask(line: string): string {
	return SECRETS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}

/**
 * One JSON line an event on standard output; every line passes through `mask`, and names the request that it
 * belongs to.
 */
export const log = pino(
	{
		level: settings.LOG_LEVEL,
		base: undefined,
		timestamp: pino.stdTimeFunctions.isoTime,
		mixin: () => ({ request: requestId() })
	},
	{ write: (line: string) => void process.stdout.write(mask(line)) }
);
