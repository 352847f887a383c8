import { z } from 'zod';
import { MediaFault, run } from './run.server.ts';

const Tags = z.record(z.string(), z.string()).optional();
const seconds = z.coerce.number().optional().catch(undefined);

const Told = z.object({
	format: z.object({ format_name: z.string(), duration: seconds, start_time: seconds, tags: Tags }),
	streams: z.array(
		z.object({
			index: z.int(),
			codec_type: z.string().optional(),
			codec_name: z.string().optional(),
			channels: z.int().optional(),
			duration: seconds,
			nb_frames: z.string().optional(),
			disposition: z.object({ attached_pic: z.int() }).optional(),
			tags: Tags
		})
	)
});

/** What a file says of itself. */
export type Probed = {
	/** of ffmpeg's demuxer: `mov,mp4,m4a,3gp,3g2,mj2` */
	demuxer: string;
	brand: string;
	/** of the first sound in it */
	codec: string;
	channels: number;
	/** as its header has it; undefined where it says nothing, or this was only guessed from its size */
	saidSeconds?: number;
	/** the same, or a guess */
	aboutSeconds?: number;
	/** the codec of a film, where there is one: a cover is none, also as a track of one picture */
	film?: string;
	/** which of the streams is the cover */
	cover?: number;
	title: string;
	artist: string;
};

const LIMITS = { seconds: 15, memoryMb: 1024, fileMb: 1 };
const ENTRIES =
	'format=format_name,duration,start_time:format_tags:stream=index,codec_type,codec_name,channels,duration,nb_frames:stream_disposition=attached_pic:stream_tags';

/** Reads headers and no sound. Throws MediaFault, also when there is no sound in it. */
export async function probe(path: string, signal?: AbortSignal): Promise<Probed> {
	const { told, said } = await run({
		program: 'ffprobe',
		before: ['-v', 'warning', '-show_entries', ENTRIES, '-of', 'json'],
		path,
		after: [],
		limits: LIMITS,
		signal
	});
	const { data } = Told.safeParse(parsed(told));
	const sound = data?.streams.find(({ codec_type }) => codec_type === 'audio');
	if (!data || !sound?.codec_name || !sound.channels) throw new MediaFault('broken', said);
	const { format, streams } = data;
	const pictures = streams.filter(({ codec_type }) => codec_type === 'video');
	const isStill = ({ disposition, nb_frames }: (typeof pictures)[number]) =>
		disposition?.attached_pic === 1 || nb_frames === '1';
	const film = pictures.find((picture) => !isStill(picture))?.codec_name;
	const started = Math.max(0, format.start_time ?? 0);
	const after = (end = 0) => (end > started ? end - started : undefined);
	const aboutSeconds = after(sound.duration ?? format.duration);
	// a film may go on when its sound is over
	const saidSeconds = film ? after(sound.duration) : aboutSeconds;
	const tag = (name: string) => {
		const all = [format.tags, sound.tags].flatMap((tags) => Object.entries(tags ?? {}));
		return all.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
	};
	return {
		demuxer: format.format_name,
		brand: tag('major_brand').trim(),
		codec: sound.codec_name,
		channels: sound.channels,
		saidSeconds: /Estimating duration from bitrate/.test(said) ? undefined : saidSeconds,
		aboutSeconds,
		film,
		cover: pictures.find(isStill)?.index,
		title: tag('title'),
		artist: tag('artist')
	};
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
