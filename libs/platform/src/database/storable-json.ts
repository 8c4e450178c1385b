/** Escapes that JSON allows and Postgres does not: NUL, and halves of surrogate pairs. */
const SUSPECT = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON text that Postgres takes into json and jsonb. What it cannot hold (NUL, lone surrogates), as others may send it to
 * us, becomes U+FFFD; nothing else is changed.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!SUSPECT.test(text)) return text;
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'string' ? storableText(member) : member,
  );
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}
