import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Problem } from '../../lib/kernel/problem.ts';
import { root } from '../tool.ts';

const text = (rule: RegExp, message: string) => z.string(message).regex(rule, message);
const path = text(/^\/[\w./-]*$/, 'must be an absolute path without spaces');
const hostName = text(/^[a-z0-9.-]+$/i, 'must be a host name');
const port = z.int('must be a port').min(1, 'must be a port').max(65535, 'must be a port');

/** One place where the site runs. */
const Environment = z.strictObject({
	/** as the ssh program takes it; keys and jump hosts are its own configuration's business */
	ssh: text(/^\w[\w.@:-]*$/, 'must be user@host'),
	/** another configuration file for the ssh program */
	sshConfig: path.optional(),
	folder: path,
	host: hostName,
	/** of other couples on the same install */
	otherHosts: z
		.array(z.strictObject({ host: hostName, certificate: path.optional(), key: path.optional() }))
		.optional(),
	bluePort: port,
	greenPort: port,
	nginx: z.strictObject({
		/** which nginx includes, and which the ssh user may write */
		folder: path,
		command: text(/^[\w./ -]+$/, 'must be a command, such as sudo nginx'),
		// where the server is not as Debian and certbot make it: see vhost.ts
		certificate: path.optional(),
		key: path.optional(),
		challenges: path.optional(),
		logs: path.optional(),
		cache: path.optional(),
		listen: z
			.strictObject({
				addresses: z.array(z.string()).optional(),
				http: port.optional(),
				https: port.optional()
			})
			.optional(),
		proxies: z.array(z.string()).optional()
	})
});

const Iac = z.strictObject({
	REGISTRY_NAME: text(/^[a-z0-9.-]+(:\d+)?$/i, 'must be a host, such as registry.example.org'),
	IMAGE_NAME: text(/^[a-z0-9._/-]+$/, 'must be an image name in lower case'),
	environments: z.record(z.string(), Environment)
});

export type Target = z.infer<typeof Environment> & {
	environment: string;
	registry: string;
	image: string;
	/** registry and image, as docker names them */
	repository: string;
};

const at = (file: string) =>
	process.env.DEPLOY_FOLDER ? join(process.env.DEPLOY_FOLDER, file) : join(root, file);

/** A file that the maintainer writes beside the code, or in DEPLOY_FOLDER. */
export function readOwn(file: string, missing: string): string {
	try {
		return readFileSync(at(file), 'utf8');
	} catch {
		throw new Problem(`${at(file)} cannot be read: ${missing}`);
	}
}

export function readIac(source = readOwn('iac.yml', 'it says where to deploy, see the README.')) {
	let given: unknown;
	try {
		given = parse(source);
	} catch (error) {
		throw new Problem(`iac.yml is not YAML: ${(error as Error).message.split('\n')[0]}`);
	}
	const result = Iac.safeParse(given);
	if (result.success) return result.data;
	const { path: place, message } = result.error.issues[0]!;
	throw new Problem(`iac.yml: ${place.join('.') || 'the file'}: ${message}.`);
}

/** The environment that was typed, out of iac.yml; a Problem names those that there are. */
export function target(environment: string | undefined, iac = readIac()): Target {
	const names = Object.keys(iac.environments);
	const found = names.includes(environment ?? '') ? iac.environments[environment!] : undefined;
	if (!environment || !found) {
		const wrong = environment ? `There is no environment "${environment}"` : 'Give an environment';
		throw new Problem(`${wrong}: ${names.join(' or ')}.`);
	}
	const { REGISTRY_NAME: registry, IMAGE_NAME: image } = iac;
	return { ...found, environment, registry, image, repository: `${registry}/${image}` };
}

/** For programs: `config REGISTRY_NAME`, `config image COMMIT`. */
export function main([wanted, tag]: string[]) {
	const { REGISTRY_NAME, IMAGE_NAME } = readIac();
	if (wanted === 'REGISTRY_NAME') return console.log(REGISTRY_NAME);
	if (wanted === 'image' && tag) return console.log(`${REGISTRY_NAME}/${IMAGE_NAME}:${tag}`);
	throw new Problem('Ask for REGISTRY_NAME, or for image and a tag.');
}
