import type { Holding } from '../recordings/holdings.server.ts';
import type { Average } from '../recordings/recording.ts';

/** A recording, where it lies in the archive, and what its guests gave, if the reader may know. */
export type Track = Holding & { path: string; picture?: Picture; score?: Average };

/** The picture beside it, where it has one. */
export type Picture = { path: string; bytes: number; crc32: number };
