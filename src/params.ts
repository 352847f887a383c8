import { defineParams } from '@sveltejs/kit/params';

export const params = defineParams({
	uuid: (param) => (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(param) ? param : undefined)
});
