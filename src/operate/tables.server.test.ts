import { describe, expect, it } from 'vitest';
import { domains } from '../app/domains.ts';
import { models, ofWeddings, schema } from '../testing/schema.ts';
import type { Table } from '../lib/kernel/db/table.server.ts';
import { LEFT_OUT, tableOf, UPDATES } from './backup/restored.server.ts';
import { tables } from './tables.server.ts';

type Owner = { name: string; tables: object };

/** What no domain answers for, and what two do. */
function unclaimed(schemaText: string, owners: readonly Owner[]): string[] {
	const claims = owners.flatMap(({ name, tables }) => Object.keys(tables).map((model) => ({ model, name })));
	return ofWeddings(schemaText).flatMap(({ name: model }) => {
		const by = claims.filter((claim) => claim.model === model).map(({ name }) => name);
		return by.length === 1 ? [] : `${model}: ${by.join(' and ') || 'nobody'}`;
	});
}

const byModel = new Map<string, Table>(tables.map((table) => [table.model, table]));
const columns = (model: string) =>
	models()
		.find(({ name }) => name === model)!
		.columns.map(({ name }) => name);

describe('the tables', () => {
	it('of a wedding have one domain each, and domains have none that is not there', () => {
		expect(unclaimed(schema, domains)).toEqual([]);
		const claimed = domains.flatMap(({ tables }) => Object.keys(tables));
		expect(claimed.toSorted()).toEqual(
			ofWeddings()
				.map(({ name }) => name)
				.sort()
		);
		expect(tables).toHaveLength(claimed.length);
	});

	it('are missed when nobody claims a new one, or two the same', () => {
		const more = `${schema}\nmodel Toast {\n\tid String @id\n\tweddingId String @map("wedding_id")\n}\n`;
		expect(unclaimed(more, domains)).toEqual(['Toast: nobody']);
		const twice = [...domains, { name: 'toasts', tables: { Toast: {}, Guest: {} } }];
		expect(unclaimed(more, twice)).toEqual(['Guest: people and toasts']);
	});

	it('stand after those that they refer to', () => {
		const order = models().map(({ name }) => name);
		const late = models().flatMap(({ name, refersTo }) =>
			refersTo
				.filter(({ model }) => order.indexOf(model) > order.indexOf(name))
				.map(({ model }) => `${name} → ${model}`)
		);
		expect(late).toEqual([]);
		expect(tables.map(({ model }) => model)).toEqual(order.filter((name) => byModel.has(name)));
	});

	it('are called in a restore as they are in the database', () => {
		for (const { name, table } of ofWeddings()) expect(tableOf(name)).toBe(table);
		expect([...LEFT_OUT].sort()).toEqual([
			...[
				'login_link',
				'login_request',
				'rate_limit',
				'removal',
				'seat_finder',
				'session',
				'sheet_import',
				'upload'
			]
		]);
		expect(UPDATES.map((update) => update.split(' ')[1])).toEqual([
			'phone',
			'recording',
			'voice',
			'run',
			'FROM',
			'delivery',
			'reminder',
			'mailing',
			'FROM'
		]);
	});

	it('that travel say why, for each column that does not, and check what their rows refer to', () => {
		const keys = new Map(
			tables.flatMap(({ model, archive }) => ('key' in archive ? [[model as string, archive.key]] : []))
		);
		for (const { name, refersTo } of models()) {
			const { archive } = byModel.get(name) ?? {};
			if (!archive || !('key' in archive)) continue;
			const strange = Object.keys(archive.leavesOut).filter((column) => !columns(name).includes(column));
			expect(strange, name).toEqual([]);
			const other = refersTo.filter(({ model }) => !['Wedding', 'Account'].includes(model));
			expect(archive.refersTo, name).toEqual(
				Object.fromEntries(other.map(({ column, model }) => [column, keys.get(model)]))
			);
		}
	});
});
