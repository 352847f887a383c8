import { expect, test } from 'vitest';
import { parseRange } from './ranges.ts';

test.each([
	['bytes=0-1', { first: 0, last: 1 }],
	['bytes=0-0', { first: 0, last: 0 }],
	['bytes=-100', { first: 900, last: 999 }],
	['bytes=-5000', { first: 0, last: 999 }],
	['bytes=500-', { first: 500, last: 999 }],
	['bytes=999-', { first: 999, last: 999 }],
	['bytes=990-99999999999999999999', { first: 990, last: 999 }],
	['bytes=1000-', 'past the end'],
	['bytes=2000-3000', 'past the end'],
	['bytes=-0', 'past the end'],
	['bytes=5-2', 'whole'],
	['bytes=0-1,5-6', 'whole'],
	['bytes=-', 'whole'],
	['bytes=a-b', 'whole'],
	['seconds=0-1', 'whole'],
	[null, 'whole']
])('%s of 1000 bytes', (header, range) => expect(parseRange(header, 1000)).toEqual(range));
