import { Readable } from 'node:stream';
import { readChoice, readPaper } from '#lib/cards/card.ts';
import * as printed from '#lib/cards/printed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer }, url: { searchParams } }) => {
	const paper = readPaper(searchParams);
	const pdf = await printed.print(viewer, readChoice(searchParams), paper);
	return new Response(Readable.toWeb(pdf as unknown as Readable) as ReadableStream, {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="cards-${paper}.pdf"`
		}
	});
};
