import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { files, isTest, text } from './testing/sources.ts';

describe('a name', () => {
	const code = (path: string) =>
		path.endsWith('.svelte')
			? [...text(path).matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script]) => script).join('\n')
			: text(path);

	/** `path: text` for every part of the code in which `say` finds something. */
	function find(say: (node: ts.Node) => string | undefined): string[] {
		return files
			.filter((path) => !isTest(path))
			.flatMap((path) => {
				const found: string[] = [];
				const look = (node: ts.Node): void => {
					const said = say(node);
					if (said) found.push(`${path}: ${said}`);
					ts.forEachChild(node, look);
				};
				look(ts.createSourceFile(path, code(path), ts.ScriptTarget.Latest, true));
				return found;
			});
	}

	it('begins with no question', () => {
		const isQuestion = (name: string) => /^(what|who|whom|whose|so)([A-Z]|$)/.test(name);
		const questions = find((node) => {
			const { name } = node as ts.NamedDeclaration;
			return name && ts.isIdentifier(name) && isQuestion(name.text) ? name.text : undefined;
		});
		expect(questions).toEqual([]);
	});

	it('of a function is followed by at most four arguments', () => {
		const long = find((node) =>
			ts.isFunctionLike(node) && node.parameters.length > 4 ? node.getText().slice(0, 60) : undefined
		);
		expect(long).toEqual([]);
	});
});
