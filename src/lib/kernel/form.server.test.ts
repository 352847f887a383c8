import { expect, it } from 'vitest';
import { read } from './form.server.ts';

function form(...fields: [string, string | Blob][]): FormData {
	const data = new FormData();
	for (const [name, value] of fields) data.append(name, value as string);
	return data;
}

it('reads names with dots as rows, and of a name sent twice the last one', () => {
	const values = read(
		form(['name', 'De Boer'], ['name', 'Riet'], ['guests.0.name', 'Riet'], ['guests.10.name', 'Wim'])
	);
	expect(values).toEqual({ name: 'Riet', guests: { 0: { name: 'Riet' }, 10: { name: 'Wim' } } });
});

it('survives what no form of ours sends', () => {
	const deep = 'a.'.repeat(100_000) + 'b';
	const values = read(
		form(
			['a', '1'],
			['a.b', '2'],
			['a.__proto__.c', '3'],
			['__proto__', '4'],
			[deep, '5'],
			['', '6'],
			['f', new Blob(['x'])]
		)
	);
	expect(values).toEqual({ a: { b: '2' } });
	expect(({} as Record<string, unknown>).c).toBeUndefined();
});
