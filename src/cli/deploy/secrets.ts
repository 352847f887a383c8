import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { decryptSops } from 'sops-age';
import { parse } from 'yaml';
import { z } from 'zod';
import { Problem } from '../../lib/kernel/problem.ts';
import { readOwn } from './config.ts';

const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Values = z.record(
	z.string(),
	Value.nullable().transform((value) => value ?? '')
);
const Sops = z.object({ sops: z.object({ age: z.array(z.object({ recipient: z.string() })).min(1) }) });

/** Who asks the registry; nobody where it asks for none. */
export type Login = { user: string; password: string } | undefined;
export type Secrets = { settings: Record<string, string>; login: Login };

/** What the site cannot do without: checked before anything is touched. */
const NEEDED = ['POSTGRES_PASSWORD', 'MAILERSEND_API_TOKEN', 'MAIL_FROM', 'BACKUP_RECIPIENT'];

/** secrets.yml, decrypted in memory only, for one environment; the way into the registry may be in ours (CI). */
export async function read(environment: string): Promise<Secrets> {
	const source = readOwn('secrets.yml', 'copy secrets.yml.example, fill it in, and encrypt it with sops.');
	const { REGISTRY_USER: user, REGISTRY_PASSWORD: password = '' } = process.env;
	const { settings, login } = choose(await decrypt(source), environment);
	return { settings, login: login ?? (user ? { user, password } : undefined) };
}

export async function decrypt(source: string, keys = ageKeys()): Promise<unknown> {
	if (!isSealed(source)) {
		throw new Problem(
			'secrets.yml is not encrypted with sops and age: sops encrypt --age … --in-place secrets.yml'
		);
	}
	for (const secretKey of keys) {
		// one that fits is enough; what the library says of one that does not repeats a part of the key
		const decrypted = await decryptSops(source, { secretKey, fileType: 'yaml' }).catch(() => undefined);
		if (decrypted) return decrypted;
	}
	const found = keys.length
		? 'none of your age keys opens it, or it was changed by hand'
		: 'no age key was found';
	throw new Problem(
		`secrets.yml cannot be decrypted: ${found} (SOPS_AGE_KEY, SOPS_AGE_KEY_FILE, ~/.config/sops/age/keys.txt).`
	);
}

function isSealed(source: string): boolean {
	try {
		return Sops.safeParse(parse(source)).success;
	} catch {
		return false;
	}
}

function ageKeys(): string[] {
	const { SOPS_AGE_KEY, SOPS_AGE_KEY_FILE, XDG_CONFIG_HOME } = process.env;
	const config =
		XDG_CONFIG_HOME ??
		join(homedir(), process.platform === 'darwin' ? 'Library/Application Support' : '.config');
	const lines = [SOPS_AGE_KEY ?? '', text(SOPS_AGE_KEY_FILE), text(join(config, 'sops/age/keys.txt'))].join(
		'\n'
	);
	return lines.match(/^AGE-SECRET-KEY-1\w+$/gm) ?? [];
}

function text(file: string | undefined): string {
	if (!file) return '';
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

/** The part of an environment. Never repeats a value. */
export function choose(decrypted: unknown, environment: string): Secrets {
	const {
		REGISTRY_USER: user,
		REGISTRY_PASSWORD: password,
		[environment]: part
	} = decrypted as Record<string, unknown>;
	const parsed = Values.safeParse(part);
	if (!parsed.success) {
		const name = parsed.error.issues[0]!.path.join('.');
		throw new Problem(
			name
				? `secrets.yml: ${environment}.${name} must be one value.`
				: `secrets.yml has no ${environment}: see secrets.yml.example.`
		);
	}
	const settings = parsed.data;
	const missing = NEEDED.find((name) => !settings[name]);
	if (missing)
		throw new Problem(`secrets.yml: ${environment}.${missing} is not set: see secrets.yml.example.`);
	return { settings, login: user ? { user: String(user), password: String(password ?? '') } : undefined };
}
