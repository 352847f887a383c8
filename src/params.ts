import { defineParams } from '@sveltejs/kit/params';
import { isId } from '#lib/kernel/files/stored.ts';

export const params = defineParams({
	uuid: (param) => (isId(param) ? param : undefined)
});
