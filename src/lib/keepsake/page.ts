import { m } from '../i18n/compiled/messages.js';
import { day, dayAndTime } from '../i18n/format.ts';
import { escapeMarkup } from '../kernel/text/markup.ts';
import * as figures from '../recordings/figures.ts';
import * as duration from '../ui/duration.ts';
import type { Wedding } from '../weddings/wedding.ts';
import type { Message } from './message.ts';
import { STYLE } from './style.ts';
import type { Track } from './track.ts';
import { drawWaveform } from './waveform.ts';

type About = Pick<Wedding, 'names' | 'heldOn' | 'place' | 'timeZone'>;
type Content = { tracks: Track[]; messages: Message[] };

/** One at a time, and the next one of the same list by itself. */
const SCRIPT = `
const all = [...document.querySelectorAll('audio')];
for (const [place, audio] of all.entries()) {
	audio.addEventListener('play', () => all.forEach((other) => other === audio || other.pause()));
	const next = all[place + 1];
	if (next?.closest('ol') === audio.closest('ol')) audio.addEventListener('ended', () => next.play());
}`;

/** A page that opens from the disk it lies on, next to the files, and asks nobody for anything. */
export function drawPage(wedding: About, { tracks, messages }: Content, language: string): string {
	const title = wedding.names || m.recordings_title();
	const where = [wedding.heldOn && day(wedding.heldOn, language), wedding.place].filter(Boolean).map(bdi);
	return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${bdi(title)}</h1>
${where.length ? `<p>${where.join(' · ')}</p>` : ''}
</header>
${drawList(tracks.map((track) => drawTrack(track, language)))}
${drawGuestBook(wedding, messages, language)}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const drawList = (items: string[]) => (items.length ? `<ol>\n${items.join('\n')}\n</ol>` : '');

function drawGuestBook(wedding: About, messages: Message[], language: string): string {
	if (messages.length === 0) return '';
	return `<section>
<h2>${escapeMarkup(m.nav_guestbook())}</h2>
${drawList(messages.map((message) => drawMessage(message, wedding, language)))}
</section>`;
}

function drawMessage(message: Message, { names, timeZone }: About, language: string): string {
	const { speaker, createdAt, durationSeconds, reply } = message;
	const facts = [bdi(dayAndTime(createdAt, language, timeZone)), duration.format(durationSeconds)];
	const answer = `<p>${escapeMarkup(m.voice_reply_of({ names: names || m.keepsake_answer() }))} ${bdi(reply)}</p>`;
	return `<li>
<h3>${bdi(speaker)}</h3>
<p>${facts.join(' · ')}</p>
${drawWaveform(message.peaks)}
${drawSound(message, m.voice_play({ speaker }))}${reply && `\n${answer}`}
</li>`;
}

function drawTrack(track: Track, language: string): string {
	const { title, moment, speaker, recordedOn, durationSeconds, score } = track;
	const facts = [moment, speaker, recordedOn && day(recordedOn, language)].filter(Boolean).map(bdi);
	facts.push(duration.format(durationSeconds));
	if (score) facts.push(escapeMarkup(sayScore(score, language)));
	const picture = track.picture ? `<img src="${addressOf(track.picture.path)}" alt="">\n` : '';
	return `<li>
${picture}<h2>${bdi(title)}</h2>
<p>${facts.join(' · ')}</p>
${drawWaveform(track.peaks)}
${drawSound(track, title)}
</li>`;
}

function drawSound({ path, plays, format }: Pick<Track, 'path' | 'plays' | 'format'>, label: string): string {
	const address = addressOf(path);
	return plays
		? `<audio controls preload="none" src="${address}" aria-label="${escapeMarkup(label)}"></audio>`
		: `<p><a href="${address}">${escapeMarkup(m.keepsake_open({ format: format.toUpperCase() }))}</a></p>`;
}

const addressOf = (path: string) => path.split('/').map(encodeURIComponent).join('/');

function sayScore({ average, scored }: NonNullable<Track['score']>, language: string): string {
	return m.keepsake_score({ average: figures.average(average, language), count: scored });
}

/** People's words may be of any script, and run the other way. */
function bdi(text: string | null): string {
	return `<bdi>${escapeMarkup(text ?? '')}</bdi>`;
}
