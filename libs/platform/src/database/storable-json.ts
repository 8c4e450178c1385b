/** Escapes that JSON allows and Postgres does not: NUL, and halves of surrogate pairs (whole pairs are not escaped). */
const SUSPECT = /\\u(?:0000|d[89a-f])/i;
const ESCAPE = /\\(?:u[0-9a-f]{4}|.)/gi;

/**
 * JSON text that Postgres takes into json and jsonb. What it cannot hold (NUL, lone surrogates), as others may send it to
 * us in texts and in names, becomes U+FFFD; nothing else is changed.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Escape by escape, so that a backslash that is itself escaped is not taken for the start of one.
  return SUSPECT.test(text) ? text.replace(ESCAPE, (escape) => (SUSPECT.test(escape) ? '\\ufffd' : escape)) : text;
}
