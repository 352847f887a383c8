import * as icons from '#lib/emblem/icons.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { wedding }, params }) => icons.send(wedding, params);
