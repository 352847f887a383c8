import { expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

it.each([
	['Anna & Ben', 'A & B'],
	['anna und Bénédicte', 'A & B'],
	['Ève et Noé', 'È & N'],
	['Anna & Ben de Vries', 'A & B'],
	['Sandy', 'S'],
	['Andy en Yvonne', 'A & Y'],
	['Anna, Ben & Cleo', 'A & B'],
	['“Nora” + Ed', 'N & E'],
	['ليلى & נועה', 'ل & נ'],
	['', '&'],
	['…', '&']
])('of %s are %s', (names, initials) => expect(initialsOf(names)).toBe(initials));
