import { z } from 'zod';

// an empty variable counts as one that is not set, as `NAME=` in an env file means
const emptyIsUnset = (value: unknown) => (value === '' ? undefined : value);
const set = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyIsUnset, schema);

const text = (rule: RegExp, message: string) => z.string().trim().regex(rule, message);
const whole = (least: number, most: number) => {
	const message = `must be a whole number from ${least} to ${most}`;
	return z.coerce.number(message).int(message).min(least, message).max(most, message);
};

const origin = z.string().transform((value, context) => {
	const url = URL.parse(value);
	if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
	context.addIssue('must be a public address without a path, such as https://anna-and-ben.example');
	return z.NEVER;
});

const bucket = text(
	/^s3:\/\/[a-z0-9][a-z0-9.-]+[a-z0-9](\/[\w!.*'()/-]*)?$/,
	'must be a bucket, such as s3://recordings/anna-and-ben'
);

const UNITS = { '': 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };
const bytes = z.string().transform((value, context) => {
	const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(KB|MB|GB|)$/.exec(value.trim().toUpperCase()) ?? [];
	const size = Math.round(Number(amount) * UNITS[(unit ?? '') as keyof typeof UNITS]);
	if (size >= 1 && Number.isSafeInteger(size)) return size;
	context.addIssue('must be a size, such as 500MB');
	return z.NEVER;
});

/**
 * Every setting. A plain object of plain schemas, for Node reads it too, before and without SvelteKit; what one
 * setting asks of another stands in kernel/settings.server.ts.
 */
export const variables = {
	ORIGIN: {
		schema: set(origin.optional()),
		description: 'Public address: links lead to it or a wedding’s host. Default: http://localhost:PORT.'
	},
	PORT: { schema: set(whole(1, 65535).default(3000)), description: 'Where it listens. Default: 3000.' },
	HOST: {
		schema: set(z.string().default('127.0.0.1')),
		description: 'On which address it listens. Default: 127.0.0.1, this machine only; 0.0.0.0 for all.'
	},
	DATABASE_URL: {
		schema: set(text(/^postgres(ql)?:\/\//, 'must begin with postgresql://').optional()),
		description: 'Postgres. Unset: npm start brings its own, under DATA_DIR.'
	},
	DATABASE_DIRECT_URL: {
		schema: set(text(/^postgres(ql)?:\/\//, 'must begin with postgresql://').optional()),
		description:
			'The same Postgres past the pooler (pgbouncer) that DATABASE_URL is: for migrations and jobs.'
	},
	DATA_DIR: {
		schema: set(z.string().default('.data')),
		description: 'Folder of the embedded Postgres and the local mailbox. Default: .data.'
	},
	DATA_KEY: {
		schema: set(text(/^[\da-f]{64}$/i, 'must be 64 hexadecimal digits: openssl rand -hex 32').optional()),
		description:
			'Key that seals diets and notes in the database. Unset: LOCAL keeps one in DATA_DIR, else nobody is asked.'
	},
	DATA_KEY_OLD: {
		schema: set(text(/^[\da-f]{64}$/i, 'must be 64 hexadecimal digits').optional()),
		description: 'The key before DATA_KEY, until rotate-key has sealed everything with the new one.'
	},
	UPLOADS_DIR: {
		schema: set(z.string().default('uploads')),
		description: 'Folder of the recordings, and of what is coming in. Default: uploads.'
	},
	UPLOADS_TO: {
		schema: set(bucket.optional()),
		description: 'Bucket of the recordings, s3://bucket/prefix. Unset: UPLOADS_DIR.'
	},
	S3_ENDPOINT: {
		schema: set(text(/^https?:\/\/[^/]+\/?$/, 'must be an address, such as https://s3.example').optional()),
		description: "Address of the buckets' service. Unset: Amazon's own."
	},
	S3_REGION: {
		schema: set(text(/^[\w-]+$/, 'must be a name, such as eu-central-1').default('us-east-1')),
		description: 'Where the buckets are, as the service calls it. Default: us-east-1.'
	},
	S3_ACCESS_KEY_ID: {
		schema: set(z.string().trim().optional()),
		description: 'Key to the buckets. Unset: what the machine brings along, on Amazon.'
	},
	S3_SECRET_ACCESS_KEY: {
		schema: set(z.string().trim().optional()),
		description: 'Its secret.'
	},
	FFMPEG_PATH: {
		schema: set(z.string().optional()),
		description: 'ffmpeg, beside which ffprobe lies. Unset: those on PATH, else those that npm brought.'
	},
	UPLOAD_LIMIT: {
		schema: set(bytes.default(500 * 2 ** 20)),
		description: 'Largest recording. Default: 500MB.'
	},
	UPLOAD_QUOTA: {
		schema: set(bytes.optional()),
		description: 'Most that the recordings of one wedding take, as they were uploaded. Unset: no limit.'
	},
	MAILERSEND_API_TOKEN: {
		schema: set(z.string().trim().optional()),
		description: 'Sends mail. Unset: mail stays in a folder, to be read at /dev/mail.'
	},
	MAILERSEND_WEBHOOK_SECRET: {
		schema: set(z.string().trim().optional()),
		description: 'Signs what MailerSend reports of mails. Unset: nobody hears which came back.'
	},
	MAIL_FROM: {
		schema: set(text(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'must be an email address').optional()),
		description: 'Address that mail comes from.'
	},
	MAIL_FROM_NAME: {
		schema: set(text(/^\P{Cc}*$/u, 'must be one line').optional()),
		description: "Name that mail comes from. Default: the couple's names."
	},
	MAILERSEND_BASE_URL: {
		schema: set(text(/^https?:\/\//, 'must be an address').default('https://api.mailersend.com/v1')),
		description: "MailerSend's address, for tests. Default: the real one."
	},
	X_ACCEL_PREFIX: {
		schema: set(text(/^\/[\w/-]*$/, 'must be a path, such as /files/').optional()),
		description: 'Internal nginx location that serves UPLOADS_DIR. Unset: this process sends the bytes.'
	},
	METRICS_PORT: {
		schema: set(whole(1, 65535).optional()),
		description: 'Port for /metrics, on HOST, to be reached from inside only. Unset: nothing is counted.'
	},
	REVISION: {
		schema: set(text(/^[\w.-]+$/, 'must be the name of a commit').optional()),
		description: 'The commit that this is, as /metrics tells it. Set in the image.'
	},
	SENTRY_DSN: {
		schema: set(
			text(/^https?:\/\/\w+@[^\s@/]+(\/\S*)?\/\d+$/, 'must be a DSN, https://KEY@host/1').optional()
		),
		description: 'Where bugs are reported: Sentry, or what takes the same. Unset: they are in the log only.'
	},
	OTEL_EXPORTER_OTLP_ENDPOINT: {
		schema: set(text(/^https?:\/\/[^\s/]/, 'must be an address').optional()),
		description: 'OpenTelemetry collector that traces go to, over HTTP. Unset: nothing is traced.'
	},
	OTEL_EXPORTER_OTLP_HEADERS: {
		schema: set(text(/^[\w-]+=[^,]*(,\s*[\w-]+=[^,]*)*$/, 'must be name=value,name=value').optional()),
		description: 'Headers for the collector, a key say.'
	},
	WEBHOOK_URL: {
		schema: set(text(/^https?:\/\/[^\s/]/, 'must be an address').optional()),
		description: 'Where the maintainer is told what went wrong: Discord, Slack, or JSON. Unset: nowhere.'
	},
	LOG_LEVEL: {
		schema: set(
			z
				.enum(
					['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
					'must be trace, debug, info, warn, error, fatal or silent'
				)
				.default('info')
		),
		description: 'How much is logged. Default: info.'
	},
	LOCAL: {
		schema: set(z.enum(['0', '1'], 'must be 0 or 1').default('0')).transform((value) => value === '1'),
		description: 'Set to 1 by npm start: a production build on the machine of whoever tries it.'
	},
	ADDRESS_HEADER: {
		schema: set(text(/^[\w-]+$/, 'must be the name of a header, such as x-real-ip').optional()),
		description: "Header with the client's address, set by the proxy in front. Unset: the connection's own."
	},
	PROXIES: {
		schema: set(whole(1, 20).default(1)),
		description: 'How many proxies add an address to ADDRESS_HEADER=x-forwarded-for. Default: 1.'
	},
	BACKUP_TO: {
		schema: set(
			text(
				/^(?:(?!\w+:\/\/)|ssh:\/\/[^\s/]+\/|s3:\/\/[^\s/]+(\/|$))/,
				'must be a folder, ssh://user@host/folder or s3://bucket/prefix'
			).optional()
		),
		description: 'Where backups go, every hour: a folder, ssh:// or s3://. Unset: there are none.'
	},
	BACKUP_RECIPIENT: {
		schema: set(text(/^age1[02-9ac-hj-np-z]{58}$/, 'must be a public key of age, age1…').optional()),
		description: 'Public key that backups are encrypted to. Its secret key belongs somewhere else.'
	},
	BACKUP_IDENTITY: {
		schema: set(z.string().optional()),
		description: 'File with the secret key, for restoring. Unset: it is read from standard input.'
	},
	BACKUP_SSH_OPTIONS: {
		schema: set(text(/^-/, 'must be options of ssh, such as -i /run/key').optional()),
		description: 'Options of ssh for backups: a key, known hosts.'
	},
	RETENTION_DAYS: {
		schema: set(whole(30, 36_500).optional()),
		description: 'Mails, sessions and audit details go so many days after the wedding. Unset: they stay.'
	},
	LOGIN_LIMIT_ADDRESS: {
		schema: set(whole(1, 1e9).default(5)),
		description: 'Login mails an hour for one email address. Default: 5.'
	},
	LOGIN_LIMIT_NETWORK: {
		schema: set(whole(1, 1e9).default(60)),
		description: 'Tries to log in per ten minutes from one network address. Default: 60.'
	}
};
