import { readdir, readlink } from 'node:fs/promises';

/** How often this process has the file open. */
export async function timesOpen(path: string): Promise<number> {
	const links = await readdir('/proc/self/fd');
	const targets = links.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
	return (await Promise.all(targets)).filter((target) => target === path).length;
}
