import * as preview from '#lib/emblem/preview.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { wedding }, params }) => preview.send(wedding, params.version);
