import type { S3Client } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import { settings } from '../settings.server.ts';

/** Where a bucket is, and who may use it. */
export type Place = {
	/** `s3://bucket` or `s3://bucket/prefix`: the prefix stands before every key */
	url: string;
	/** address of a service other than Amazon's */
	endpoint?: string;
	region: string;
	/** unset: what Amazon's machines bring along (environment, role) */
	credentials?: { accessKeyId: string; secretAccessKey: string };
};

export type Listed = { key: string; bytes: number; modifiedAt: Date };

/** Bytes from `first` to `last`, both counted in, from 0. */
export type Range = { first: number; last: number };

/**
 * What a bucket answers when it does not do what it was asked: it has no such key (`missing`), cannot be reached or
 * is overloaded (`away`: try later), has no room left (`full`), or does not let us in (`refused`: a wrong setting).
 */
export class BucketFault extends Error {
	readonly kind: 'missing' | 'away' | 'full' | 'refused';

	constructor(kind: BucketFault['kind'], message: string) {
		super(message);
		this.kind = kind;
	}
}

/** Two of these are in memory for each stream that is put; ten thousand of them are 80 GB, the most of one object. */
const PART_BYTES = 8 << 20;

/** S3, or any service that speaks it. Everything here throws BucketFault, and nothing else of its own. */
export class Bucket {
	readonly #place: Place;
	readonly #bucket: string;
	readonly #prefix: string;
	#client: Promise<S3Client> | undefined;

	/** Connects to nothing yet. */
	constructor(place: Place) {
		const { host, pathname } = new URL(place.url);
		this.#place = place;
		this.#bucket = host;
		const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
		this.#prefix = prefix && `${prefix}/`;
	}

	/** A stream may be of any length; what it throws comes through. The key appears when all is there, or not at all. */
	async put(key: string, body: Uint8Array | Readable): Promise<void> {
		await this.#ask(key, async (client, target) => {
			const { Upload } = await import('@aws-sdk/lib-storage');
			const upload = new Upload({
				client,
				params: { ...target, Body: body },
				partSize: PART_BYTES,
				queueSize: 2
			});
			await upload.done();
		}).catch((error) => {
			throw (body as Readable).errored ?? error;
		});
	}

	/** To be read to its end or destroyed: until then it holds a connection. */
	get(key: string, range?: Range): Promise<Readable> {
		return this.#ask(key, async (client, target) => {
			const { GetObjectCommand } = await sdk();
			const Range = range && `bytes=${range.first}-${range.last}`;
			const { Body } = await client.send(new GetObjectCommand({ ...target, Range }));
			return Body as Readable;
		});
	}

	/** null when there is no such key. */
	async head(key: string): Promise<Listed | null> {
		try {
			return await this.#ask(key, async (client, target) => {
				const { HeadObjectCommand } = await sdk();
				const { ContentLength, LastModified } = await client.send(new HeadObjectCommand(target));
				return { key, bytes: ContentLength!, modifiedAt: LastModified! };
			});
		} catch (error) {
			if (error instanceof BucketFault && error.kind === 'missing') return null;
			throw error;
		}
	}

	/** Every key that begins with `prefix`, by name. */
	async *list(prefix = ''): AsyncGenerator<Listed> {
		for (let token: string | undefined, isLast = false; !isLast;) {
			const page = await this.#ask(prefix, async (client, { Bucket, Key: Prefix }) => {
				const { ListObjectsV2Command } = await sdk();
				return client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: token }));
			});
			for (const { Key, Size, LastModified } of page.Contents ?? [])
				yield { key: Key!.slice(this.#prefix.length), bytes: Size!, modifiedAt: LastModified! };
			token = page.NextContinuationToken;
			isLast = !token;
		}
	}

	/** Fine when there is no such key. */
	remove(key: string): Promise<void> {
		return this.#ask(key, async (client, target) => {
			const { DeleteObjectCommand } = await sdk();
			await client.send(new DeleteObjectCommand(target));
		});
	}

	/** Within the bucket, up to 5 GB; its time is then that of the move. Never is it under neither of the two keys. */
	async move(from: string, to: string): Promise<void> {
		await this.#ask(to, async (client, target) => {
			const { CopyObjectCommand } = await sdk();
			const source = [this.#bucket, ...(this.#prefix + from).split('/')].map(encodeURIComponent).join('/');
			await client.send(new CopyObjectCommand({ ...target, CopySource: source }));
		});
		await this.remove(from);
	}

	async #ask<Answer>(
		key: string,
		question: (client: S3Client, target: { Bucket: string; Key: string }) => Promise<Answer>
	): Promise<Answer> {
		try {
			const client = await (this.#client ??= connect(this.#place));
			return await question(client, { Bucket: this.#bucket, Key: this.#prefix + key });
		} catch (error) {
			throw fault(error, `s3://${this.#bucket}/${this.#prefix}${key}`);
		}
	}
}

/** The bucket at this address, on the service and with the key that the settings name. */
export function bucketAt(url: string): Bucket {
	const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
	const credentials = S3_ACCESS_KEY_ID && {
		accessKeyId: S3_ACCESS_KEY_ID,
		secretAccessKey: S3_SECRET_ACCESS_KEY!
	};
	return new Bucket({ url, endpoint, region, credentials: credentials || undefined });
}

/** 23 MB on disk and 35 MB of memory: only an install that has a bucket pays for it. */
const sdk = () => import('@aws-sdk/client-s3');

async function connect({ endpoint, region, credentials }: Place): Promise<S3Client> {
	const { S3Client } = await sdk();
	return new S3Client({
		...{ endpoint, region, credentials },
		// a name for each bucket is Amazon's way; others have one name for all
		forcePathStyle: Boolean(endpoint),
		// what only Amazon's own service knows, others refuse: https://github.com/aws/aws-sdk-js-v3/issues/6810
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
		maxAttempts: 3,
		requestHandler: {
			connectionTimeout: 3000,
			socketTimeout: 15_000,
			httpAgent: { maxSockets: 200 },
			httpsAgent: { maxSockets: 200 }
		}
	});
}

type Failure = Error & { code?: string; $metadata?: { httpStatusCode?: number } };

function fault(error: unknown, task: string): Error {
	if (error instanceof BucketFault) return error;
	const { name, message, code, $metadata } = error as Failure;
	const status = $metadata?.httpStatusCode;
	const said = `${task}: ${message || code || name}`;
	if (name === 'NoSuchKey' || name === 'NotFound') return new BucketFault('missing', said);
	if (status === 507 || /StorageFull|QuotaExceeded|InsufficientStorage/i.test(name))
		return new BucketFault('full', said);
	if (status && status >= 400 && status < 500 && status !== 408 && status !== 429)
		return new BucketFault('refused', said);
	const isOfNetwork = status !== undefined || code !== undefined || /Timeout|Aborted|Network/.test(name);
	return isOfNetwork ? new BucketFault('away', said) : (error as Error);
}
