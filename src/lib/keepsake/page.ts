import { m } from '../i18n/compiled/messages.js';
import { day } from '../i18n/format.ts';
import { escapeMarkup } from '../kernel/text/markup.ts';
import * as figures from '../recordings/figures.ts';
import * as duration from '../ui/duration.ts';
import type { Wedding } from '../weddings/wedding.ts';
import { STYLE } from './style.ts';
import type { Track } from './track.ts';
import { drawWaveform } from './waveform.ts';

type About = Pick<Wedding, 'names' | 'heldOn' | 'place'>;

/** One at a time, and the next one by itself. */
const SCRIPT = `
const all = [...document.querySelectorAll('audio')];
for (const [place, audio] of all.entries()) {
	audio.addEventListener('play', () => all.forEach((other) => other === audio || other.pause()));
	audio.addEventListener('ended', () => all[place + 1]?.play());
}`;

/** A page that opens from the disk it lies on, next to the files, and asks nobody for anything. */
export function drawPage(wedding: About, tracks: Track[], language: string): string {
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
<ol>
${tracks.map((track) => drawTrack(track, language)).join('\n')}
</ol>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function drawTrack(track: Track, language: string): string {
	const { title, moment, speaker, recordedOn, durationSeconds, score } = track;
	const facts = [moment, speaker, recordedOn && day(recordedOn, language)].filter(Boolean).map(bdi);
	facts.push(duration.format(durationSeconds));
	if (score) facts.push(escapeMarkup(sayScore(score, language)));
	const address = addressOf(track.path);
	const sound = track.plays
		? `<audio controls preload="none" src="${address}" aria-label="${escapeMarkup(title)}"></audio>`
		: `<p><a href="${address}">${escapeMarkup(m.keepsake_open({ format: track.format.toUpperCase() }))}</a></p>`;
	const picture = track.picture ? `<img src="${addressOf(track.picture.path)}" alt="">\n` : '';
	return `<li>
${picture}<h2>${bdi(title)}</h2>
<p>${facts.join(' · ')}</p>
${drawWaveform(track.peaks)}
${sound}
</li>`;
}

const addressOf = (path: string) => path.split('/').map(encodeURIComponent).join('/');

function sayScore({ average, scored }: NonNullable<Track['score']>, language: string): string {
	return m.keepsake_score({ average: figures.average(average, language), count: scored });
}

/** People's words may be of any script, and run the other way. */
function bdi(text: string | null): string {
	return `<bdi>${escapeMarkup(text ?? '')}</bdi>`;
}
