import { m } from '../i18n/compiled/messages.js';
import { day } from '../i18n/format.ts';
import { inLanguage } from '../i18n/language.server.ts';
import type { Stored } from '../kernel/files/files.server.ts';
import { type Details, send } from '../kernel/http/send.server.ts';
import * as cover from '../recordings/cover.server.ts';
import * as holdings from '../recordings/holdings.server.ts';
import * as sound from '../recordings/sound.server.ts';
import { nameWedding, type Wedding } from '../weddings/wedding.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { addressOf } from './feed.ts';
import type { Feed } from './feeds.server.ts';
import { type Channel, type Episode, writeRss } from './rss.ts';

/** What every answer by a secret says: nobody keeps it, and nobody finds it. */
const PRIVATE = {
	'cache-control': 'private, no-store',
	'referrer-policy': 'no-referrer',
	'x-robots-tag': 'noindex, nofollow'
};

/** The feed as its app reads it. */
export async function write({ viewer, language }: Feed, wedding: Wedding, secret: string): Promise<Response> {
	const list = await holdings.list(viewer);
	const origin = weddings.originOf(wedding);
	const feed = addressOf(origin, secret);
	const text = inLanguage(language, () => {
		const named = nameWedding(wedding);
		const channel: Channel = {
			...{ title: m.feed_name({ wedding: named }), description: m.feed_description({ wedding: named }) },
			...{ language, author: wedding.names, page: `${origin}/recordings`, feed },
			image: `${origin}/apple-touch-icon.png`,
			episodes: list.map((holding) => episodeOf(holding, language, feed))
		};
		return writeRss(channel);
	});
	return new Response(text, {
		headers: { 'content-type': 'application/rss+xml; charset=utf-8', ...PRIVATE }
	});
}

/** The sound of one episode. Throws 404 for what is not in the feed (any more). */
export async function play({ viewer }: Feed, id: string, request: Request): Promise<Response> {
	const { file, details } = await sound.find(viewer, id, 'copy');
	return answer(request, file, details);
}

/** The picture of one episode. Throws 404. */
export async function picture({ viewer }: Feed, id: string, request: Request): Promise<Response> {
	const { file, details } = await cover.find(viewer, id);
	return answer(request, file, details);
}

function answer(request: Request, file: Stored, details: Details): Response {
	const sent = send(request, file, { ...details, isAddressSecret: true });
	for (const [name, value] of Object.entries(PRIVATE)) sent.headers.set(name, value);
	return sent;
}

function episodeOf(holding: holdings.Holding, language: string, feed: string): Episode {
	const { id, title, moment, speaker, recordedOn, createdAt, durationSeconds, playbackBytes } = holding;
	const played = playbackBytes
		? { extension: 'm4a', bytes: playbackBytes, mimeType: 'audio/mp4' }
		: { extension: holding.format, bytes: holding.bytes, mimeType: holding.mimeType };
	const { extension, bytes, mimeType } = played;
	const facts = [moment, speaker, recordedOn && day(recordedOn, language)];
	return {
		...{ id, title, description: facts.filter(Boolean).join(' · '), publishedAt: createdAt },
		seconds: durationSeconds,
		image: holding.hasCover ? `${feed}/${id}.jpg` : undefined,
		sound: { url: `${feed}/${id}.${extension}`, bytes, mimeType }
	};
}
