import { day, tick } from '../kernel/forms/fields.ts';
import { pickedIds } from './tag.schema.ts';

/** Of a form that says which guests have something, and from when. */
export const shownFields = { isHidden: tick, visibleOn: day, onlyFor: pickedIds };
