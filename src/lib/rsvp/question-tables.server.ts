import { z } from 'zod';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { KINDS, SCOPES } from './question.ts';

const words = z.record(z.string(), z.string());

const ArchivedQuestion = z.strictObject({
	...{ id, eventId: maybe(id), text: words, kind: z.enum(KINDS), scope: z.enum(SCOPES) },
	...{ choices: z.array(z.strictObject({ id, name: words })), position: z.int(), createdAt: at }
});

const ArchivedAnswer = z.strictObject({
	...{ id, questionId: id, guestId: maybe(id), householdId: maybe(id), answeredAt: at },
	value: z.union([z.string(), z.array(z.string()), z.number(), z.boolean()])
});

const omit = { weddingId: true } as const;
const orderBy = { id: 'asc' } as const;

export const tables = {
	Question: {
		archive: archived({
			key: 'questions',
			schema: z.array(ArchivedQuestion).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events' },
			collect: (weddingId, tx) => tx.question.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.question.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Answer: {
		archive: archived({
			key: 'answers',
			schema: z.array(ArchivedAnswer).default([]),
			leavesOut: {},
			refersTo: { questionId: 'questions', guestId: 'guests', householdId: 'households' },
			collect: (weddingId, tx) => tx.answer.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.answer.createMany({ data }));
			}
		}),
		erasePerson: ({ id: guestId, weddingId }, tx) => tx.answer.deleteMany({ where: { guestId, weddingId } }),
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
