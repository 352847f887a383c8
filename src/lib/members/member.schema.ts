import { z } from 'zod';
import { id, line, email } from '../kernel/forms/fields.ts';
import { Language } from '../weddings/wedding.schema.ts';
import { ROLES } from './member.ts';

const Role = z.enum(ROLES, { error: 'role' });

export const NewMember = z.object({ name: line(80), email, role: Role, language: Language });
export type NewMember = z.output<typeof NewMember>;

export const ChosenMember = z.object({ accountId: id });
export const ChangedMember = ChosenMember.extend({ role: Role });
