/** A group that the couple makes of households. */
export type Tag = { id: string; name: string; households: number; guests: number };
