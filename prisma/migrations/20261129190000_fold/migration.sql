-- The same as fold() in src/lib/kernel/text/fold.ts, whose test compares them letter by letter.
CREATE FUNCTION "fold"(TEXT) RETURNS TEXT LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE RETURN
  translate(
    replace(replace(replace(replace(replace(
      regexp_replace(
        lower(normalize($1, NFKD) COLLATE "pg_unicode_fast"),
        '[\u0001-\u0025\u0027-\u002a\u002c-\u002f\u003a-\u003f\u005b-\u0060\u007b-\u00bf\u02b9-\u036f\u0483-\u0489\u0591-\u05c7\u05f3\u05f4\u0600-\u061f\u0640\u064b-\u065f\u066a-\u066d\u0670\u06d4\u06d6-\u06ed\u1680\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u2000-\u206f\u20d0-\u20ff\u2e00-\u2e7f\u3000-\u3003\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]',
        '', 'g'
      ),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ŋ', 'ng'),
    'łøđðħŧıəǝɛɔɓɖɗƙƴςґٱىیےکةہھ',
    'lodd' || 'htieeeobddkyσг' || 'ا' || 'ي' || 'ي' || 'ي' || 'ك' || 'ه' || 'ه' || 'ه'
  );
