import { m } from '../i18n/compiled/messages.js';
import { type Kind, KINDS } from './block.ts';

const NAMES: Record<Kind, () => string> = {
	text: m.page_text,
	stay: m.page_stay,
	travel: m.page_travel,
	contact: m.page_contact,
	question: m.page_question,
	story: m.page_story,
	people: m.page_people
};

export const nameKind = (kind: Kind) => NAMES[kind]();

export const kindOptions = () => KINDS.map((value) => ({ value, label: nameKind(value) }));
