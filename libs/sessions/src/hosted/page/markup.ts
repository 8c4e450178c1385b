/** HTML that is escaped by construction. Pure. */

/** Text that is HTML already. Only `markup` makes it, and who knows what they do. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | null | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A template whose parts are escaped, unless they are markup; lists are joined, null leaves nothing. Its own line breaks and
 * the indentation behind them go: they are for who reads the source.
 */
export function markup({ raw }: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(raw.map((text, index) => text.replaceAll(/\n\s*/g, '') + written(parts[index] ?? null)).join(''));
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return part.map(({ text }) => text).join('');
}

/** A value for a script to read, as the content of a `script` element of type `application/json`. */
export function json(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
