import * as sign from '#lib/guestbook/sign.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => ({
	...(await sign.draw(viewer)),
	count: searchParams.get('paper') === 'a4' ? 4 : 1
});
