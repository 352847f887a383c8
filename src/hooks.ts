import type { Transport } from '@sveltejs/kit/hooks';
import { Shown } from '#lib/kernel/http/shown.ts';

export const transport: Transport = {
	// nothing travels
	Shown: { encode: (value) => value instanceof Shown && 1, decode: () => new Shown(undefined) }
};
