import type { RequestEvent } from '@sveltejs/kit';
import type { ResolveOptions } from '@sveltejs/kit/hooks';
import { expect, it } from 'vitest';
import { respond } from './respond.server.ts';

const event = {
	...{ locals: { language: 'nl' }, url: new URL('http://x.example/'), route: { id: '/(guest)' } }
} as unknown as RequestEvent;

it('says its language at once of a page whose promises are kept later', async () => {
	const kept = Promise.withResolvers<string>();
	/** As SvelteKit answers where a `load` has returned a promise. */
	const resolve = async (_: RequestEvent, options?: ResolveOptions) => {
		const html = await options!.transformPageChunk!({ html: '<html lang="%lang%">', done: true });
		const page = new ReadableStream<string>({
			async start(controller) {
				controller.enqueue(html!);
				controller.enqueue(await kept.promise);
				controller.close();
			}
		});
		return new Response(page.pipeThrough(new TextEncoderStream()));
	};
	const { body, headers } = await respond({ event, resolve });
	expect(headers.get('cache-control')).toBe('private, no-store');
	const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
	expect((await reader.read()).value).toBe('<html lang="nl">');
	kept.resolve('<script>later</script>');
	expect((await reader.read()).value).toBe('<script>later</script>');
	expect((await reader.read()).done).toBe(true);
});
