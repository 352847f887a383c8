import { expect, it } from 'vitest';
import { bars, decode } from './waveform.ts';

it('reads the peaks as they are stored', () => {
	expect([...decode(Buffer.from([0, 7, 255]).toString('base64'))]).toEqual([0, 7, 255]);
});

it('shows the loudest of each part, and the loudest of all at full height', () => {
	expect(bars(Uint8Array.of(0, 50, 100, 25), 2)).toEqual([0.5, 1]);
	expect(bars(Uint8Array.of(10, 20), 4)).toEqual([0.5, 0.5, 1, 1]);
});

it('leaves silence silent, and stands no peaks at all', () => {
	expect(bars(Uint8Array.of(0, 0), 2)).toEqual([0, 0]);
	expect(bars(new Uint8Array(), 2)).toEqual([0, 0]);
});
