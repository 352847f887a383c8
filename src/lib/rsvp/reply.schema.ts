import { z } from 'zod';
import { id, line, text, tick } from '../kernel/forms/fields.ts';
import { isLocalTime } from '../kernel/text/local-time.ts';
import { PlusOnes } from './plus-one.schema.ts';
import { Said } from './question.schema.ts';

const Reply = z.object({
	state: z.enum(['yes', 'no', 'waiting'], { error: 'invalid' }).optional(),
	mealId: z
		.union([z.literal(''), id])
		.optional()
		.transform((typed) => typed || undefined)
});

/** What a household says on its page. A box that nobody touched is not sent, and says nothing. */
const Told = z.object({
	version: z.string({ error: 'required' }),
	replies: z.record(id, z.record(id, Reply)).default({}),
	/** by event, from whom waits if there is no room: all of them or nobody, or as many as there is room for */
	waits: z.record(id, z.enum(['whole', 'part'], { error: 'invalid' })).default({}),
	diets: z.record(id, text(500)).default({}),
	song: line(200).default(''),
	message: text(2000).default(''),
	plusOnes: PlusOnes,
	...Said.shape
});

export const Answers = z.preprocess(spread, Told);
export type Answers = z.output<typeof Answers>;

/** What the couple says for a household. */
export const AnswersFor = z.preprocess(
	spread,
	Told.extend({
		reason: line(200).default(''),
		/** no letter says so to the household */
		isQuiet: tick
	})
);
export type AnswersFor = z.output<typeof AnswersFor>;

/** As a form has them: nothing of it is checked yet. */
type Sent = { [name: string]: Sent | string };

/** `everybody.EVENT.state` is the answer of each `everybody.EVENT.GUEST` of whom the form says nothing else. */
function spread(form: unknown): unknown {
	const { everybody = {}, ...typed } = form as Sent;
	const sent: Sent = { replies: {}, ...structuredClone(typed) };
	for (const [eventId, said] of Object.entries(everybody)) {
		if (typeof said === 'string' || !said.state) continue;
		const { state, ...guests } = said;
		for (const guestId of Object.keys(guests)) {
			const reply = open(open(open(sent, 'replies'), eventId), guestId);
			if (reply) reply.state ??= state;
		}
	}
	return sent;
}

/** What is below this name, where a page of ours has more than one value. */
function open(place: Sent | undefined, name: string): Sent | undefined {
	const found = place && (place[name] ??= {});
	return typeof found === 'object' ? found : undefined;
}

/** Of an offer: the event, and those who take its places. */
export const Offered = z.object({ event: id, guests: z.record(id, z.string()).default({}) });

const maybeTime = z
	.string()
	.optional()
	.transform((typed) => typed || null)
	.pipe(z.string().refine(isLocalTime, 'time').nullable());

/** On a clock at the wedding. */
export const Deadlines = z
	.object({ answersUntil: maybeTime, detailsUntil: maybeTime })
	.refine(
		({ answersUntil, detailsUntil }) => !detailsUntil || (answersUntil && detailsUntil >= answersUntil),
		{
			path: ['detailsUntil'],
			message: 'details_before'
		}
	);
export type Deadlines = z.output<typeof Deadlines>;

/** On a household's page: `asked.EVENT.GUEST` for each box that is ticked, and its own deadline. */
export const Asked = z.object({
	asked: z.record(id, z.record(id, z.string())).default({}),
	answersUntil: maybeTime
});
export type Asked = z.output<typeof Asked>;
