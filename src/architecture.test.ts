import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { domains } from './app/domains.ts';
import { variables } from './env.ts';
import { files, isTest, src, text } from './testing/sources.ts';

const names = domains.map(({ name }) => name as string);
const domain = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1] ?? '';
const isOurs = (path: string) => [...names, 'kernel'].includes(domain(path)) || path.startsWith('operate/');

/** What a file imports from src, as paths below src. */
function imports(path: string, code = text(path)): string[] {
	const found = code.matchAll(/(?:from|import\(|^import)\s*['"]((?:#lib|\.)[^'"]*)['"]/gm);
	return [...found].map(([, target = '']) => {
		const absolute = target.startsWith('#lib')
			? join(src, target.slice(1))
			: resolve(src, dirname(path), target);
		return relative(src, absolute).split(sep).join('/');
	});
}

/** `file → import` for every import for which `isWrong` holds. */
function wrong(isWrong: (from: string, to: string) => boolean): string[] {
	return files
		.filter((path) => !isTest(path))
		.flatMap((from) =>
			imports(from)
				.filter((to) => isWrong(from, to))
				.map((to) => `${from} → ${to}`)
		);
}

const holdsSchema = (path: string) => /^import (?!type ).* from 'zod'/m.test(text(path));

/** These files, and all that is loaded with them. */
function loaded(first: string[]): string[] {
	const found = new Set(first);
	for (const path of found) {
		const code = text(path).replace(/import type [^;]*;/g, '');
		for (const to of imports(path, code)) if (files.includes(to)) found.add(to);
	}
	return [...found];
}

describe('the tree', () => {
	it('has a folder for each domain of the list, and no other', () => {
		const folders = new Set(files.map(domain).filter(Boolean));
		expect([...folders].sort()).toEqual([...names, 'i18n', 'kernel', 'ui'].sort());
	});

	it('lets a domain import what it says it uses, which stands before it in the list', () => {
		for (const [place, { name, uses }] of domains.entries())
			expect(
				uses.filter((other) => !names.slice(0, place).includes(other)),
				name
			).toEqual([]);
		const may = new Map<string, readonly string[]>(domains.map(({ name, uses }) => [name, uses]));
		const isUnsaid = (from: string, to: string) => {
			const [own, other] = [domain(from), domain(to)];
			return own !== other && names.includes(other) && !may.get(own)?.includes(other) && own !== '';
		};
		expect(wrong(isUnsaid)).toEqual([]);
		const unused = domains.flatMap(({ name, uses }) => {
			const own = files.filter((path) => domain(path) === name && !isTest(path));
			const used = new Set(own.flatMap((path) => imports(path)).map(domain));
			return uses.filter((other) => !used.has(other)).map((other) => `${name} → ${other}`);
		});
		expect(unused).toEqual([]);
	});

	it('keeps the words of a wedding out of the kernel', () => {
		const words = /wedding|household|guest|couple|recording|invitation/i;
		const kernel = files.filter((path) => path.startsWith('lib/kernel/') && !isTest(path));
		expect(kernel.filter((path) => words.test(text(path)))).toEqual([]);
	});

	it('lets nothing import routes, and ui import only ui', () => {
		expect(wrong((from, to) => to.startsWith('routes/') && !from.startsWith('routes/'))).toEqual([]);
		expect(wrong((from, to) => domain(from) === 'ui' && domain(to) !== 'ui')).toEqual([]);
	});

	it('lets lib know nothing of what runs it, and only tests use what tests share', () => {
		const isOutside = (to: string) => /^(operate|app|cli|testing)\//.test(to);
		expect(wrong((from, to) => from.startsWith('lib/') && isOutside(to))).toEqual([]);
		// a rehearsal is a test that needs a whole machine
		const isTesting = (from: string) => /^(testing|e2e|cli\/rehearse)\//.test(from);
		expect(wrong((from, to) => to.startsWith('testing/') && !isTesting(from))).toEqual([]);
		const all = files.flatMap((from) => imports(from).map((to) => `${from} → ${to}`));
		expect(all.filter((one) => one.includes('bench/'))).toEqual([]);
	});

	it('keeps the database to server files and the command line', () => {
		const isDatabase = (to: string) => to === 'lib/kernel/db/db.server.ts' || to.includes('prisma/client');
		const mayUseIt = (from: string) =>
			/(\.server\.ts|\+server\.ts)$/.test(from) || /^(cli|testing)\//.test(from);
		expect(wrong((from, to) => isDatabase(to) && !mayUseIt(from))).toEqual([]);
	});

	it('opens transactions in one place, which tries again', () => {
		const opening = files.filter((path) => !isTest(path) && /\$transaction\(/.test(text(path)));
		expect(opening).toEqual(['lib/kernel/db/db.server.ts']);
	});

	it('leaves the time of rows to the database, for a clock of ours may be wrong', () => {
		const schema = readFileSync(join(src, '../prisma/schema.prisma'), 'utf8');
		expect(schema).not.toMatch(/@default\(now\(\)\)/);
		const asking = files.filter(
			(path) => path.endsWith('.server.ts') && !isTest(path) && /db\/db\.server/.test(text(path))
		);
		// what a text file says, and when an archive was made
		expect(asking.filter((path) => /\bclock\.now\(|\bDate\.now\(|\bnew Date\(\)/.test(text(path)))).toEqual([
			'lib/mail/mailbox.server.ts',
			'operate/archive/export.server.ts'
		]);
	});

	it('hands a transaction on as the last argument, always', () => {
		const early = /\(\s*tx(?:: Tx)?,|\btx: Tx(?: = db)?,\s*\w/;
		expect(files.filter((path) => !isTest(path) && early.test(text(path)))).toEqual([]);
	});

	it('keeps schemas beside rules, never among them', () => {
		const mayHold = /(\.schema|\btables\.server|\.test)\.ts$/;
		const own = files.filter((path) => names.includes(domain(path)) && !mayHold.test(path));
		expect(own.filter(holdsSchema)).toEqual([]);
		const rules = own.filter((path) => path.endsWith('.ts') && !path.endsWith('.server.ts'));
		expect(loaded(rules).filter(holdsSchema)).toEqual([]);
	});

	it('sends no schema to a browser: zod is larger than any page', () => {
		const components = files.filter((path) => /\.svelte(\.ts)?$/.test(path));
		expect(loaded(components).filter(holdsSchema)).toEqual([]);
	});

	it('knows a closed set of file kinds in a domain', () => {
		const kind = /^([a-z][a-z0-9-]*(\.server|\.svelte|\.schema)?(\.test)?\.ts|[A-Z][A-Za-z]*\.svelte)$/;
		const forbidden = /^(index|utils?|helpers?|types|services?)\./;
		const names = files.filter(isOurs).map((path) => path.split('/').at(-1)!);
		expect(names.filter((name) => !kind.test(name) || forbidden.test(name))).toEqual([]);
	});

	it('keeps files short enough to read', () => {
		const lines = (path: string) => text(path).split('\n').length;
		expect(files.filter((path) => lines(path) > 300)).toEqual([]);
		const adapters = files.filter((path) => /^routes\/.*\+(page|layout)?\.?server\.ts$/.test(path));
		expect(adapters.filter((path) => lines(path) > 41)).toEqual([]);
	});
});

describe('rights', () => {
	/** Ways in, for whoever has their secret; what answers a refusal in its own way; what hands the viewer on or writes them down. */
	const WITHOUT = [
		...['addresses open', 'cover answer'],
		...['cards peek', 'cards enter', 'links peek', 'links enter', 'links findNext', 'links enterByCode'],
		...['links expectCode', 'feeds open', 'subscriptions open', 'subscriptions change'],
		...['phones peek', 'phones enter', 'finders open'],
		...['sessions end', 'sound answer', 'sound play', 'trail record', 'trail recordErased', 'uploads finish'],
		...['weddings change']
	];

	it('are asked first by every function that takes a viewer', () => {
		const takesViewer =
			/^export (?:async )?function (\w+)\(\s*(?:\w+|\{[^}]*\}): Viewer[\s\S]*?\)[^\n]*\{\n([^\n]*)/gm;
		const unasked = files
			.filter((path) => isOurs(path) && path.endsWith('.server.ts') && !isTest(path))
			.flatMap((path) =>
				[...text(path).matchAll(takesViewer)]
					.filter(([, , firstLine]) => !firstLine!.startsWith('\tpermit('))
					.map(([, name]) => `${/(\w+)\.server\.ts$/.exec(path)![1]} ${name}`)
			);
		expect(unasked.sort()).toEqual(WITHOUT.sort());
	});

	it('are asked by every form action before it reads, but by that of a way in', () => {
		const forms = files
			.filter((path) => path.startsWith('routes/') && !isTest(path))
			.flatMap((path) =>
				[...text(path).matchAll(/formAction\(\s*(?:'([^']*)')?/g)].map(([, right]) => `${path} ${right}`)
			);
		expect(forms.length).toBeGreaterThan(10);
		const open = forms.filter((form) => /(everybody|undefined)$/.test(form));
		expect(open).toEqual([
			'routes/auth/verify-code/+page.server.ts everybody',
			'routes/unsubscribe/[token]/+page.server.ts everybody'
		]);
	});

	it('stop at the wedding: every table of ours has its id', () => {
		const schema = readFileSync(join(src, '../prisma/schema.prisma'), 'utf8');
		const models = [...schema.matchAll(/^model (\w+) \{([^}]*)\}/gm)];
		const without = models.filter(([, , body]) => !/\bweddingId\b/.test(body!)).map(([, name]) => name);
		expect(without).toEqual(['Wedding', 'Account', 'RateLimit']);
	});
});

it('every setting is in the readme', () => {
	const readme = readFileSync(join(src, '../README.md'), 'utf8');
	expect(Object.keys(variables).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

describe('words', () => {
	const messages = (language: string) =>
		Object.assign(
			{},
			...readdirSync(join(src, 'lib/i18n', language)).map((file) =>
				JSON.parse(text(`lib/i18n/${language}/${file}`))
			)
		) as Record<string, unknown>;
	const keys = Object.keys(messages('en')).filter((key) => key !== '$schema');
	const sources = files
		.filter((path) => !isTest(path))
		.map(text)
		.join('\n');

	it('are the same in every language', () => {
		expect(
			Object.keys(messages('nl'))
				.filter((key) => key !== '$schema')
				.sort()
		).toEqual(keys.toSorted());
	});

	it('exist for every refusal', () => {
		const codes = [...sources.matchAll(/new Problem\(\s*\d+,\s*'(\w+)'/g)].map(
			([, code]) => `problem_${code}`
		);
		expect(codes.length).toBeGreaterThan(5);
		expect(codes.filter((code) => !keys.includes(code))).toEqual([]);
	});

	it('are all used', () => {
		const used = new Set([...sources.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key));
		const isCode = (key: string) =>
			/^(problem|issue)_/.test(key) && sources.includes(`'${key.replace(/^[a-z]+_/, '')}'`);
		const isStatus = (key: string) => /^problem_status_\d+$/.test(key);
		expect(keys.filter((key) => !used.has(key) && !isCode(key) && !isStatus(key))).toEqual([]);
	});

	it('stand in no page or component', () => {
		const isOurs = (path: string) => domain(path) === 'ui' || path.startsWith('routes/dev/ui/');
		const pages = files.filter((path) => path.endsWith('.svelte') && !isOurs(path));
		const spoken = pages.flatMap((path) =>
			words(parse(text(path), { modern: true }).fragment).map((word) => `${path}: ${word}`)
		);
		expect(spoken).toEqual([]);
	});
});

/** Every piece of literal text in a template that has two letters or more. */
function words(node: object): string[] {
	const { type, data } = node as { type?: string; data?: string };
	if (type === 'Text') return /\p{L}{2}/u.test(data ?? '') ? [data!.trim()] : [];
	if (type === 'RegularElement' && ['style', 'script'].includes((node as { name: string }).name)) return [];
	return Object.entries(node).flatMap(([key, child]) => {
		if (key === 'attributes' || key === 'expression' || typeof child !== 'object' || !child) return [];
		return Array.isArray(child)
			? child.flatMap((one) => (one && typeof one === 'object' ? words(one) : []))
			: words(child);
	});
}
