import { stringify, parse } from 'yaml';
import { z } from 'zod';

const Image = z.object({ tag: z.string(), digest: z.string() });
const Info = Image.extend({
	environment: z.string(),
	colour: z.enum(['blue', 'green']),
	description: z.string().default(''),
	deployedAt: z.string(),
	by: z.string(),
	seconds: z.number(),
	/** what ran before, for a rollback */
	previous: Image.nullable().default(null)
});

/** An image by the name that a person uses, and by the one that cannot change its meaning. */
export type Image = z.infer<typeof Image>;
export type Info = z.infer<typeof Info>;
/** One entry of deploy-history.yml: each try, whether it came to something or not. */
export type Entry = Omit<Info, 'colour' | 'description'> & { result: string };

export const INFO = 'deploy-info.yml';
export const HISTORY = 'deploy-history.yml';

/** What runs, as the server's deploy-info.yml has it; undefined where nothing does, or nobody can read it. */
export function readInfo(source: string): Info | undefined {
	try {
		return Info.safeParse(parse(source)).data;
	} catch {
		return undefined;
	}
}

export const writeInfo = (info: Info) => stringify(info);

/** One line, so that a deploy that is cut off cannot spoil what is there; YAML all the same, for JSON is. */
export const historyLine = (entry: Entry) => `- ${JSON.stringify(entry)}\n`;

/** What ran before `next`, given what runs: the same image again, for other settings say, is no step back. */
export function previous(running: Info | undefined, next: Image): Image | null {
	if (!running) return null;
	if (running.digest === next.digest) return running.previous;
	return { tag: running.tag, digest: running.digest };
}
