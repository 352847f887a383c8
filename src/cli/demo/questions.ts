import type { QuestionDetails, Said } from '../../lib/rsvp/question.schema.ts';
import type { Sheet } from '../../lib/rsvp/reply.ts';

/** What the couple also wants to know; the bus is for who dances. */
export const questions = (partyId: string): QuestionDetails[] => [
	{
		text: { en: 'Which bus back to Utrecht?', nl: 'Welke bus terug naar Utrecht?' },
		...{ kind: 'choice', scope: 'guest', eventId: partyId },
		choices: [
			{ id: undefined, name: { en: 'Half past eleven', nl: 'Half twaalf' } },
			{ id: undefined, name: { en: 'Quarter past one', nl: 'Kwart over een' } },
			{ id: undefined, name: { en: 'None, thank you', nl: 'Geen, dank je' } }
		]
	},
	{
		text: { en: 'How many nights are you staying?', nl: 'Hoeveel nachten blijven jullie?' },
		...{ kind: 'number', scope: 'household', eventId: null, choices: [] }
	},
	{
		text: { en: 'A high chair, a pram, a wheelchair?', nl: 'Een kinderstoel, kinderwagen, rolstoel?' },
		...{ kind: 'text', scope: 'household', eventId: null, choices: [] }
	}
];

/** What the `n`th household says to them. */
export function answerQuestions({ questions }: Sheet, n: number): Said {
	const said: Said = { texts: {}, numbers: {}, chosen: {}, several: {}, agreed: {} };
	for (const { id, kind, choices, owners } of questions)
		for (const [g, owner] of owners.entries()) {
			if (kind === 'choice') (said.chosen[id] ??= {})[owner.id] = choices[(n + (g > 1 ? 1 : 0)) % 3]!.id;
			if (kind === 'number' && n % 3) (said.numbers[id] ??= {})[owner.id] = n % 3;
			if (kind === 'text' && n === 0) (said.texts[id] ??= {})[owner.id] = 'Een kinderstoel, graag.';
		}
	return said;
}
