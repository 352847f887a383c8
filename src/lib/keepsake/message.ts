import type { VoiceHolding } from '../guestbook/holdings.server.ts';

/** What somebody said in the guest book, and where it lies in the archive. */
export type Message = VoiceHolding & { path: string };
