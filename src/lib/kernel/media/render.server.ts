import { inChild, turns } from '../jobs/child.server.ts';

type Task = typeof import('./render-task.ts');

const LIMITS = { seconds: 20, heapMb: 128, mayLoadAddons: true };

/** One at a time: what is drawn is kept, so nobody waits for many. */
const inTurn = turns(1);

/** A drawing of ours, an SVG of plain paths, as a PNG or a JPEG. */
export async function render(given: Parameters<Task['default']>[0]): Promise<Buffer> {
	const drawn = await inTurn(() => inChild<Task>('#lib/kernel/media/render-task.ts', given, LIMITS));
	return Buffer.from(drawn, 'base64');
}
