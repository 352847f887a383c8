import { z } from 'zod';
import { archived, inBatches, type Tables } from '../kernel/db/table.server.ts';
import { at, id, maybe } from '../kernel/db/archived.ts';
import { seal, unseal } from '../kernel/db/sealed.server.ts';
import { dietOf } from './diets.server.ts';

const words = z.record(z.string(), z.string());

const ArchivedEvent = z.strictObject({
	...{ id, name: words, startsAt: at, endsAt: maybe(at), place: z.string(), address: z.string() },
	...{ mapUrl: z.string(), dressCode: words, note: words, createdAt: at },
	sequence: z.int().default(0),
	asking: z.enum(['chosen', 'everybody', 'tags']).default('chosen'),
	capacity: z.int().nullable().default(null)
});

const ArchivedCancelledEvent = z.strictObject({
	...{ id, householdId: id, name: words, startsAt: at, endsAt: maybe(at), sequence: z.int() }
});

const ArchivedMeal = z.strictObject({
	...{ id, eventId: id, name: words, isForChildren: z.boolean(), position: z.int() }
});

const ArchivedReply = z.strictObject({
	...{ eventId: id, guestId: id, state: z.enum(['yes', 'no', 'waiting']), mealId: maybe(id), answeredAt: at }
});

const ArchivedWait = z.strictObject({
	...{ eventId: id, householdId: id, comesInPart: z.boolean(), askedAt: at },
	...{ offeredPlaces: z.int().nullable(), offeredUntil: maybe(at) }
});

const ArchivedRsvp = z.strictObject({
	...{ householdId: id, song: z.string(), message: z.string(), answeredAt: maybe(at) },
	...{ guestId: maybe(id), answersUntil: maybe(at) },
	// archives of an older release do not say
	...{ onBehalfBy: z.string().default(''), reason: z.string().default(''), calledAt: maybe(at).default(null) }
});

const ArchivedDiet = z.strictObject({ guestId: id, text: z.string() });

const ArchivedDeadline = z.strictObject({ answersUntil: maybe(at), detailsUntil: maybe(at) });

const ArchivedInvitation = z.strictObject({ eventId: id, guestId: id });

const omit = { weddingId: true } as const;
const orderBy = { id: 'asc' } as const;

export const tables = {
	Event: {
		archive: archived({
			key: 'events',
			schema: z.array(ArchivedEvent).default([]),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) => tx.event.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.event.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	CancelledEvent: {
		archive: archived({
			key: 'cancelledEvents',
			schema: z.array(ArchivedCancelledEvent).default([]),
			leavesOut: {},
			refersTo: { householdId: 'households' },
			collect: (weddingId, tx) =>
				tx.cancelledEvent.findMany({
					...{ where: { weddingId }, omit },
					orderBy: [{ id: 'asc' }, { householdId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.cancelledEvent.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Meal: {
		archive: archived({
			key: 'meals',
			schema: z.array(ArchivedMeal).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events' },
			collect: (weddingId, tx) => tx.meal.findMany({ where: { weddingId }, omit, orderBy }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.meal.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Invitation: {
		archive: archived({
			key: 'invitations',
			schema: z.array(ArchivedInvitation).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.invitation.findMany({
					...{ where: { weddingId }, omit },
					orderBy: [{ eventId: 'asc' }, { guestId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.invitation.createMany({ data }));
			}
		}),
		erasePerson: ({ id: guestId, weddingId }, tx) =>
			tx.invitation.deleteMany({ where: { guestId, weddingId } }),
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	EventTag: {
		archive: archived({
			key: 'eventTags',
			schema: z.array(z.strictObject({ eventId: id, tagId: id })).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events', tagId: 'tags' },
			collect: (weddingId, tx) =>
				tx.eventTag.findMany({
					...{ where: { weddingId }, omit },
					orderBy: [{ eventId: 'asc' }, { tagId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.eventTag.createMany({ data }));
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	InvitationChange: {
		archive: { staysBehind: 'it is taken back where it was made' },
		erasePerson: ({ id, weddingId }, tx) =>
			tx.invitationChange.deleteMany({
				where: { weddingId, OR: [{ added: { has: id } }, { removed: { has: id } }] }
			}),
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Reply: {
		archive: archived({
			key: 'replies',
			schema: z.array(ArchivedReply).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events', guestId: 'guests', mealId: 'meals' },
			collect: (weddingId, tx) =>
				tx.reply.findMany({
					...{ where: { weddingId }, omit },
					orderBy: [{ eventId: 'asc' }, { guestId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.reply.createMany({ data }));
			}
		}),
		erasePerson: ({ id: guestId, weddingId }, tx) => tx.reply.deleteMany({ where: { guestId, weddingId } }),
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Wait: {
		archive: archived({
			key: 'waits',
			schema: z.array(ArchivedWait).default([]),
			leavesOut: {},
			refersTo: { eventId: 'events', householdId: 'households' },
			collect: (weddingId, tx) =>
				tx.wait.findMany({
					...{ where: { weddingId }, omit },
					orderBy: [{ eventId: 'asc' }, { askedAt: 'asc' }, { householdId: 'asc' }]
				}),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.wait.createMany({ data }));
			}
		}),
		// the household that stays may wait on, or not: see offers.server.ts
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Rsvp: {
		archive: archived({
			key: 'rsvps',
			schema: z.array(ArchivedRsvp).default([]),
			leavesOut: {},
			refersTo: { householdId: 'households', guestId: 'guests' },
			collect: (weddingId, tx) =>
				tx.rsvp.findMany({ where: { weddingId }, omit, orderBy: { householdId: 'asc' } }),
			store(rows, { weddingId }, tx) {
				const own = rows.map((row) => ({ ...row, weddingId }));
				return inBatches(own, (data) => tx.rsvp.createMany({ data }));
			}
		}),
		// the words may be theirs; that the household has answered stays
		erasePerson: ({ id: guestId, weddingId, household }, tx) =>
			tx.rsvp.updateMany({
				where: {
					weddingId,
					OR: [{ guestId }, { householdId: household.id, onBehalfBy: { not: '' } }]
				},
				data: { guestId: null, song: '', message: '', reason: '' }
			}),
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	},
	Diet: {
		seals: { column: 'sealed', row: 'guest_id' },
		archive: archived({
			key: 'diets',
			schema: z.array(ArchivedDiet).default([]),
			leavesOut: { sealed: 'each install has a key of its own: the archive has the words' },
			refersTo: { guestId: 'guests' },
			async collect(weddingId, tx) {
				const found = await tx.diet.findMany({ where: { weddingId }, orderBy: { guestId: 'asc' } });
				return found.map(({ guestId, sealed }) => ({ guestId, text: unseal(sealed, dietOf(guestId)) }));
			},
			store(rows, { weddingId }, tx) {
				const own = rows.map(({ guestId, text }) => {
					return { guestId, weddingId, sealed: seal(text, dietOf(guestId)) };
				});
				return inBatches(own, (data) => tx.diet.createMany({ data }));
			}
		}),
		erasePerson: ({ id: guestId, weddingId }, tx) => tx.diet.deleteMany({ where: { guestId, weddingId } }),
		eraseAll: 'goes along',
		expire: (limit, tx) => tx.diet.deleteMany({ where: { wedding: { heldOn: { lt: limit } } } }),
		restore: 'stays'
	},
	Deadline: {
		archive: archived({
			key: 'deadline',
			schema: ArchivedDeadline.nullable().default(null),
			leavesOut: {},
			refersTo: {},
			collect: (weddingId, tx) => tx.deadline.findUnique({ where: { weddingId }, omit }),
			async store(deadline, { weddingId }, tx) {
				if (deadline) await tx.deadline.create({ data: { ...deadline, weddingId } });
			}
		}),
		erasePerson: 'holds nothing',
		eraseAll: 'goes along',
		expire: 'stays',
		restore: 'stays'
	}
} satisfies Tables;
