import { resolve } from 'node:path';
import { z } from 'zod';
import { variables } from '../../env.ts';
import { Problem } from './problem.ts';

type Variables = typeof variables;
type Values = { [Name in keyof Variables]: z.output<Variables[Name]['schema']> };
export type Settings = Values & { ORIGIN: string };

/** The settings in `env`; a wrong or missing one is a Problem that names it. Never repeats a value: some are secret. */
export function parse(env: Record<string, string | undefined>): Settings {
	const values = {} as Record<string, unknown>;
	for (const [name, { schema }] of Object.entries(variables)) {
		const result = z.safeParse(schema as z.ZodType, env[name]);
		if (!result.success) throw new Problem(`${name} ${result.error.issues[0]!.message}.`);
		values[name] = result.data;
	}
	const given = values as Values;
	if (env.NODE_ENV === 'production' && !given.LOCAL) {
		if (!given.ORIGIN)
			throw new Problem('ORIGIN is not set: the public address, such as https://anna-and-ben.example.');
		if (!given.DATABASE_URL)
			throw new Problem('DATABASE_URL is not set: the address of a Postgres database.');
	}
	if (given.DATABASE_DIRECT_URL && !given.DATABASE_URL) {
		throw new Problem('DATABASE_URL is not set: DATABASE_DIRECT_URL is the way past a pooler there.');
	}
	if (given.MAILERSEND_API_TOKEN && !given.MAIL_FROM) {
		throw new Problem('MAIL_FROM is not set: MAILERSEND_API_TOKEN needs an address that mail comes from.');
	}
	if (given.METRICS_PORT === given.PORT) throw new Problem('METRICS_PORT must be another one than PORT.');
	if (Boolean(given.S3_ACCESS_KEY_ID) !== Boolean(given.S3_SECRET_ACCESS_KEY)) {
		throw new Problem('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or neither.');
	}
	return {
		...given,
		ORIGIN: given.ORIGIN ?? `http://localhost:${given.PORT}`,
		DATA_DIR: resolve(given.DATA_DIR),
		UPLOADS_DIR: resolve(given.UPLOADS_DIR)
	};
}

export const settings = parse(process.env);

/** Postgres itself, for what needs a connection of its own: locks that outlast a transaction, LISTEN, COPY. */
export function directUrl(): string | undefined {
	return settings.DATABASE_DIRECT_URL ?? settings.DATABASE_URL;
}
