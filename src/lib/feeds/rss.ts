import { escapeMarkup } from '../kernel/text/markup.ts';
import * as duration from '../ui/duration.ts';

export type Channel = {
	title: string;
	description: string;
	language: string;
	author: string;
	/** where one listens on the site */
	page: string;
	/** its own address */
	feed: string;
	image: string;
	episodes: Episode[];
};

export type Episode = {
	id: string;
	title: string;
	description: string;
	publishedAt: Date;
	seconds: number;
	/** the address of its picture */
	image?: string;
	sound: { url: string; bytes: number; mimeType: string };
};

/**
 * RSS 2.0 with the tags of podcast apps: in order (`serial`), and nothing for their catalogues (`block`, `locked`). A
 * `guid` is the recording's id, so that a new address brings no episode twice.
 */
export function writeRss(channel: Channel): string {
	const { title, description, language, author, page, feed, image } = channel;
	return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
${element('title', title)}
${element('link', page)}
${element('description', description)}
${element('language', language)}
${empty('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed })}
${element('itunes:author', author)}
${empty('itunes:image', { href: image })}
${empty('itunes:category', { text: 'Society & Culture' })}
${element('itunes:explicit', 'false')}
${element('itunes:type', 'serial')}
${element('itunes:block', 'Yes')}
${element('podcast:locked', 'yes')}
${channel.episodes.map((episode, index) => writeEpisode(episode, index + 1)).join('\n')}
</channel>
</rss>
`;
}

function writeEpisode(
	{ id, title, description, publishedAt, seconds, image, sound }: Episode,
	place: number
): string {
	const { url, bytes, mimeType } = sound;
	return `<item>
${element('title', title)}
${element('description', description)}
<guid isPermaLink="false">${escapeMarkup(id)}</guid>
${element('pubDate', publishedAt.toUTCString())}
${empty('enclosure', { url, length: String(bytes), type: mimeType })}
${element('itunes:duration', duration.format(seconds))}
${image ? empty('itunes:image', { href: image }) + '\n' : ''}${element('itunes:episode', String(place))}
${element('itunes:explicit', 'false')}
${element('itunes:block', 'Yes')}
</item>`;
}

function element(name: string, text: string): string {
	return `<${name}>${escapeMarkup(text)}</${name}>`;
}

function empty(name: string, attributes: Record<string, string>): string {
	const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeMarkup(value)}"`);
	return `<${name}${list.join('')}/>`;
}
