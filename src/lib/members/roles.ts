import { m } from '../i18n/compiled/messages.js';
import type { Role } from './member.ts';

const NAMES = { couple: m.role_couple, planner: m.role_planner, helper: m.role_helper };
const ABILITIES = { couple: m.role_couple_can, planner: m.role_planner_can, helper: m.role_helper_can };

export const sayRole = (role: Role) => NAMES[role]();
export const sayAbilities = (role: Role) => ABILITIES[role]();
