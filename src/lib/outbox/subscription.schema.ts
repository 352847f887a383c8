import { z } from 'zod';
import { CATEGORIES } from './suppression.ts';

const category = z.enum(CATEGORIES).optional();

/** A button of the page, or what a mail program posts (RFC 8058, 3.2). */
export const SubscriptionChange = z.object({
	off: category,
	on: category,
	'List-Unsubscribe': z.literal('One-Click').optional()
});
export type SubscriptionChange = z.output<typeof SubscriptionChange>;
