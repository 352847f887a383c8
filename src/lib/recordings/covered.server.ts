/** Whether there is a picture to show; it stands where a recording's columns can be named without its table. */
export const HAS_COVER = '(cover_id IS NOT NULL OR has_cover AND NOT is_cover_hidden)';
