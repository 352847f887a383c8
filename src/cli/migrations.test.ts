import { describe, expect, it } from 'vitest';
import { list } from './migrations.ts';

/*
 * While a deploy goes on, and after a rollback, the code of the commit before runs on the new tables. So a migration
 * only adds: what is no longer used goes in a later one, two deploys on, and is named here.
 */
const RETIRED: string[] = [
	// a view stands where the table was, and src/lib/outbox/release-before.test.ts writes and reads by it
	'20261130044500_outbox'
];

const TAKES: [what: string, sign: RegExp][] = [
	['drops', /^DROP (TABLE|SCHEMA|TYPE|VIEW|FUNCTION)|^ALTER TABLE .*\bDROP COLUMN/],
	['renames', /^ALTER .*\bRENAME (TO|COLUMN|VALUE|CONSTRAINT)?/],
	['demands what may be missing', /\bSET NOT NULL/],
	['changes a type', /^ALTER TABLE .*\bALTER (COLUMN )?\S+ (SET DATA )?TYPE\b/],
	['takes a default away', /^ALTER TABLE .*\bDROP DEFAULT/],
	['empties', /^(TRUNCATE|DELETE)\b/]
];

/** What in a migration the code of the commit before could stumble over. */
function takes(sql: string): string[] {
	const statements = sql
		.replace(/--.*$|\/\*[\s\S]*?\*\//gm, '')
		.split(';')
		.map((statement) => statement.replace(/\s+/g, ' ').trim());
	return statements.flatMap((statement) => [
		...TAKES.filter(([, sign]) => new RegExp(sign, 'i').test(statement)).map(([what]) => what),
		...added(statement)
			.filter((column) => /\bNOT NULL\b/i.test(column) && !/\bDEFAULT\b/i.test(column))
			.map(() => 'adds a column that old code does not fill')
	]);
}

const added = (statement: string) =>
	/^ALTER TABLE/i.test(statement)
		? statement.split(/,(?![^(]*\))/).filter((part) => /\bADD COLUMN\b/i.test(part))
		: [];

describe('a migration', () => {
	it('only adds', () => {
		const [, ...later] = list().filter(({ name }) => !RETIRED.includes(name));
		const found = later.flatMap(({ name, sql }) => takes(sql).map((what) => `${name} ${what}`));
		expect(found).toEqual([]);
	});

	it.each([
		['DROP TABLE "Guest";', 'drops'],
		['ALTER TABLE "Guest" ADD COLUMN "a" TEXT,\nDROP COLUMN "b";', 'drops'],
		['alter table "Guest" rename column "a" to "b";', 'renames'],
		['ALTER TABLE "Guest" RENAME TO "Person";', 'renames'],
		[`ALTER TYPE "Role" RENAME VALUE 'a' TO 'b';`, 'renames'],
		['ALTER TABLE "Guest" ALTER COLUMN "a" SET NOT NULL;', 'demands what may be missing'],
		['ALTER TABLE "Guest" ALTER COLUMN "a" SET DATA TYPE INTEGER;', 'changes a type'],
		['ALTER TABLE "Guest" ALTER "a" TYPE INTEGER USING 1;', 'changes a type'],
		['ALTER TABLE "Guest" ALTER COLUMN "a" DROP DEFAULT;', 'takes a default away'],
		[
			'ALTER TABLE "Guest" ADD COLUMN     "a" DECIMAL(4,2) NOT NULL;',
			'adds a column that old code does not fill'
		],
		['-- all\nDELETE FROM "Guest";', 'empties']
	])('that says %s is refused', (sql, what) => {
		expect(takes(sql)).toEqual([what]);
	});

	it.each([
		'CREATE TABLE "Table" ("id" UUID NOT NULL, "name" TEXT NOT NULL);',
		`ALTER TABLE "Guest" ADD COLUMN "a" TEXT, ADD COLUMN "b" TEXT NOT NULL DEFAULT '';`,
		'CREATE UNIQUE INDEX "a" ON "Guest"("b");\nDROP INDEX "c";',
		'-- DROP TABLE would be wrong\nALTER TABLE "Guest" ALTER COLUMN "a" DROP NOT NULL;',
		`ALTER TYPE "Role" ADD VALUE 'helper';`,
		'ALTER TABLE "Score" ADD CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "Guest"("id") ON DELETE CASCADE;'
	])('that says %s is taken', (sql) => {
		expect(takes(sql)).toEqual([]);
	});
});
