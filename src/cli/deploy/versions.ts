import { target } from './config.ts';
import { state } from './remote.ts';
import { Registry, type Version } from './registry.ts';
import { read } from './secrets.ts';
import { withServer } from './ssh.ts';

const AT_ONCE = 8;

/** `task app:versions -- ENVIRONMENT`: what can be deployed, newest first, with an arrow at what runs. */
export async function main([environment]: string[]) {
	const place = target(environment);
	const { login } = await read(place.environment);
	const registry = new Registry(place, login);
	const running = withServer(place, async (server) => (await state(place, server)).info?.digest);
	const tags = (await registry.tags()).filter((tag) => tag !== 'latest');
	const versions: (Version & { tag: string })[] = [];
	for (let from = 0; from < tags.length; from += AT_ONCE) {
		const some = tags.slice(from, from + AT_ONCE);
		versions.push(
			...(await Promise.all(some.map(async (tag) => ({ tag, ...(await registry.describe(tag)) }))))
		);
	}
	console.log(list(versions, await running));
}

/** One line a version. */
export function list(versions: (Version & { tag: string })[], running: string | undefined): string {
	if (versions.length === 0) return 'Nothing was pushed yet: task app:build, then task app:push.';
	return versions
		.toSorted((one, other) => (other.createdAt ?? '').localeCompare(one.createdAt ?? ''))
		.map(({ tag, digest, createdAt = '', description }) => {
			const date = createdAt.slice(0, 16).replace('T', ' ').padEnd(16);
			return `${digest === running ? '→' : ' '} ${tag.slice(0, 12).padEnd(12)}  ${date}  ${description}`.trimEnd();
		})
		.join('\n');
}
