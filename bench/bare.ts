import { join } from 'node:path';
import { start } from '../src/testing/processes.ts';

/** For `startSite`: what it asks of the database is answered at once. */
export const WITHOUT_DATABASE = [`--import=${join(import.meta.dirname, 'without-database.ts')}`];

/** A Node server that says `ok` and nothing else. */
export const startBare = () => start([join(import.meta.dirname, 'bare.js')], '/');
