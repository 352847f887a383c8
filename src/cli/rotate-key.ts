import { settings } from '../lib/kernel/settings.server.ts';
import { Problem } from '../lib/kernel/problem.ts';
import { connected } from './attached.ts';
import { counted } from './words.ts';

/** `npm run rotate-key`: seals diets and notes of all weddings with DATA_KEY that DATA_KEY_OLD has sealed. */
export async function main(args: string[]) {
	if (args.length > 0) throw new Problem('rotate-key takes nothing: the keys are DATA_KEY and DATA_KEY_OLD.');
	if (!settings.DATA_KEY || !settings.DATA_KEY_OLD)
		throw new Problem('Set DATA_KEY to the new key and DATA_KEY_OLD to the one before.');
	await connected(async () => {
		const { rotate } = await import('../operate/rotate/rotate.server.ts');
		console.log(`Sealed ${counted(await rotate(), 'value')} with the new key. DATA_KEY_OLD can go.`);
	});
}
