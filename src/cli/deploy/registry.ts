import { z } from 'zod';
import { Problem } from '../../lib/kernel/problem.ts';
import type { Target } from './config.ts';
import type { Login } from './secrets.ts';

export type Version = { digest: string; createdAt?: string; description: string; revision: string };

/** An image alone, or one for each kind of processor. */
const MANIFESTS = [
	'application/vnd.oci.image.manifest.v1+json',
	'application/vnd.docker.distribution.manifest.v2+json',
	'application/vnd.oci.image.index.v1+json',
	'application/vnd.docker.distribution.manifest.list.v2+json'
].join(', ');

const Manifest = z.object({
	config: z.object({ digest: z.string() }).optional(),
	layers: z.array(z.object({ digest: z.string(), size: z.number() })).default([]),
	manifests: z
		.array(z.object({ digest: z.string(), platform: z.object({ os: z.string() }).optional() }))
		.default([])
});
const Config = z.object({
	created: z.string().optional(),
	config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).optional()
});

/**
 * The images of one name in a registry (https://distribution.github.io/distribution/spec/api/), asked with name and
 * password or with the token that the registry gives for them. Whatever goes wrong is a Problem.
 */
export class Registry {
	readonly #target: Target;
	readonly #login: Login;
	#authorization: string | undefined;

	constructor(target: Target, login?: Login) {
		this.#target = target;
		this.#login = login;
	}

	/** Every tag of the image; none when nothing was ever pushed. */
	async tags(): Promise<string[]> {
		const tags: string[] = [];
		let next: string | undefined = 'tags/list?n=1000';
		while (next) {
			const response: Response = await this.#get(next);
			if (response.status === 404) return tags;
			tags.push(...(((await response.json()) as { tags: string[] | null }).tags ?? []));
			const more = /<[^>]*(tags\/list\?[^>]*)>;\s*rel="?next/.exec(response.headers.get('link') ?? '');
			next = more?.[1];
		}
		return tags;
	}

	/** What a tag stands for at this moment, as `sha256:…`; the beginning of a commit's name will do. */
	async resolve(typed: string): Promise<{ tag: string; digest: string }> {
		const exact = await this.#digest(typed);
		if (exact) return { tag: typed, digest: exact };
		const { repository } = this.#target;
		const begun = /^[\da-f]{7,39}$/.test(typed)
			? (await this.tags()).filter((tag) => tag.startsWith(typed))
			: [];
		if (begun.length > 1)
			throw new Problem(`${typed} is the beginning of ${begun.length} tags: type more of it.`);
		const digest = begun[0] && (await this.#digest(begun[0]));
		if (digest) return { tag: begun[0]!, digest };
		throw new Problem(`${repository}:${typed} is not in the registry: task app:versions lists what is.`);
	}

	/** What the image says of itself. */
	async describe(reference: string): Promise<Version> {
		const response = await this.#get(`manifests/${reference}`);
		const digest = response.headers.get('docker-content-digest') ?? reference;
		const manifest = await this.#image(response);
		const blob = await this.#get(`blobs/${manifest.config?.digest}`);
		const { created, config } = Config.parse(await blob.json());
		const label = (name: string) => config?.Labels?.[`org.opencontainers.image.${name}`] ?? '';
		const createdAt = label('created') || created;
		return { digest, createdAt, description: label('description'), revision: label('revision') };
	}

	/** The layers of an image with their sizes as they travel, in bytes. */
	async layers(reference: string): Promise<Map<string, number>> {
		const { layers } = await this.#image(await this.#get(`manifests/${reference}`));
		return new Map(layers.map(({ digest, size }) => [digest, size]));
	}

	async #image(response: Response) {
		const manifest = Manifest.parse(await response.json());
		const one = manifest.manifests.find(({ platform }) => platform?.os === 'linux');
		return one ? Manifest.parse(await (await this.#get(`manifests/${one.digest}`)).json()) : manifest;
	}

	async #digest(tag: string): Promise<string | undefined> {
		const response = await this.#get(`manifests/${tag}`, 'HEAD');
		return (response.ok && response.headers.get('docker-content-digest')) || undefined;
	}

	async #get(path: string, method = 'GET'): Promise<Response> {
		let response = await this.#fetch(path, method);
		if (response.status === 401) {
			this.#authorization = await this.#authorize(response.headers.get('www-authenticate') ?? '');
			response = await this.#fetch(path, method);
		}
		if (response.ok || response.status === 404) return response;
		const { registry } = this.#target;
		if (response.status === 401 || response.status === 403) throw this.#refused();
		throw new Problem(`The registry ${registry} answers ${response.status}: look at its log.`);
	}

	async #fetch(path: string, method: string): Promise<Response> {
		const { registry, image } = this.#target;
		// as docker does: a registry on this machine needs no certificate
		const scheme = /^(localhost|127\.\d+\.\d+\.\d+)(:|$)/.test(registry) ? 'http' : 'https';
		const headers = {
			accept: `${MANIFESTS}, */*`,
			...(this.#authorization && { authorization: this.#authorization })
		};
		return this.#reach(`${scheme}://${registry}/v2/${image}/${path}`, { method, headers });
	}

	async #reach(url: string, options: RequestInit): Promise<Response> {
		try {
			return await fetch(url, { ...options, signal: AbortSignal.timeout(20_000) });
		} catch (error) {
			const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
			const reason = cause?.code ?? cause?.message ?? message;
			throw new Problem(`The registry ${this.#target.registry} cannot be reached (${reason}).`);
		}
	}

	async #authorize(challenge: string): Promise<string> {
		const basic =
			this.#login && `Basic ${Buffer.from(`${this.#login.user}:${this.#login.password}`).toString('base64')}`;
		if (!/^bearer/i.test(challenge)) {
			if (!basic) throw this.#refused();
			return basic;
		}
		const { realm, ...query } = Object.fromEntries(
			[...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value])
		) as Record<string, string>;
		if (!realm) throw this.#refused();
		const response = await this.#reach(`${realm}?${new URLSearchParams(query)}`, {
			headers: basic ? { authorization: basic } : {}
		});
		const { token, access_token } = (await response.json().catch(() => ({}))) as Record<string, string>;
		if (!response.ok || !(token ?? access_token)) throw this.#refused();
		return `Bearer ${token ?? access_token}`;
	}

	#refused(): Problem {
		const advice = 'REGISTRY_USER and REGISTRY_PASSWORD in secrets.yml say who asks';
		return new Problem(`The registry ${this.#target.registry} does not let us in: ${advice}.`);
	}
}
