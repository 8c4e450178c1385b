import type { JsonSchema } from '../document.types';
import { html, Html, prose } from './html';

/** The name at the end of a reference. */
export const refName = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/** A link to a schema of the page. */
export const schemaLink = (name: string): Html => html`<a href="#schema-${name}">${name}</a>`;

/** What a value is, in a few words. */
export function typeOf(schema: JsonSchema): Html {
  if (typeof schema['$ref'] === 'string') return schemaLink(refName(schema['$ref']));
  if (schema['type'] === 'array') return html`list of ${typeOf(schema['items'] as JsonSchema)}`;
  const word = schema['const'] as string | boolean | undefined;
  if (word !== undefined) return html`<code>${String(word)}</code>`;
  const format = schema['format'] as string | undefined;
  return html`${[schema['type'], format && `(${format})`].filter(Boolean).join(' ')}`;
}

const LIMITS: readonly (readonly [keyword: string, words: (value: number | string) => string])[] = [
  ['minLength', (value) => (value === 1 ? 'not empty' : `at least ${value} characters`)],
  ['maxLength', (value) => `at most ${value} characters`],
  ['minimum', (value) => `from ${value}`],
  ['maximum', (value) => `to ${value}`],
  ['pattern', (value) => `matches ${value}`],
  ['default', (value) => `default ${value}`],
];

/** Bounds and words of a value. */
function limitsOf(schema: JsonSchema): Html | null {
  const { minLength, maxLength } = schema as { minLength?: number; maxLength?: number };
  const exact = minLength !== undefined && minLength === maxLength ? `exactly ${minLength} characters` : null;
  const parts = LIMITS.flatMap(([keyword, words]) => {
    const value = schema[keyword] as number | string | undefined;
    if (value === undefined || (exact !== null && keyword.endsWith('Length'))) return [];
    return [words(value)];
  });
  const said = [exact, ...parts].filter((part) => part !== null);
  return said.length > 0 ? html`<small>${said.join(', ')}</small>` : null;
}

const wordsOf = (schema: JsonSchema): Html | null => {
  const words = (schema['enum'] ?? (schema['items'] as JsonSchema | undefined)?.['enum']) as string[] | undefined;
  return words
    ? html`<small>${words.map((word, index) => html`${index > 0 && ' · '}<code>${word}</code>`)}</small>`
    : null;
};

/** Whether it is ours alone, or not carried by every connector. */
export function marks(schema: JsonSchema): Html {
  const sometimes = schema['x-by-connector'] as string | undefined;
  return html`${schema['x-extension'] === true && html` <span class="tag">extension</span>`}${
    sometimes && html` <span class="tag">by connector, else 501 ${sometimes}</span>`
  }`;
}

function row(name: string, schema: JsonSchema, required: boolean): Html {
  const description = schema['description'] as string | undefined;
  return html`<tr>
    <td><code>${name}</code>${marks(schema)}</td>
    <td>${typeOf(schema)}${required && html` <small>required</small>`}</td>
    <td>${description && prose(description)}${wordsOf(schema)}${limitsOf(schema)}</td>
  </tr>`;
}

/** Rows for the members of an object; those of an object within it follow under the joined name. */
function rows(schema: JsonSchema, path = ''): Html[] {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, JsonSchema>; required?: string[] };
  return Object.entries(properties).flatMap(([name, member]) => [
    row(path + name, member, required.includes(name)),
    ...rows(member, `${path}${name}.`),
  ]);
}

/** The members of an object as a table; the choices of a union as a list; anything else as one line. */
export function schemaBody(schema: JsonSchema): Html {
  const { oneOf, properties = {} } = schema as { oneOf?: { $ref: string }[]; properties?: object };
  if (oneOf)
    return html`<p>One of: ${oneOf.map(({ $ref }, index) => html`${index > 0 && ', '}${typeOf({ $ref })}`)}</p>`;
  if (Object.keys(properties).length === 0) {
    return html`<p>${typeOf(schema)}${wordsOf(schema)}${limitsOf(schema)}</p>`;
  }
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${rows(schema)}
      </tbody>
    </table>
  </div>`;
}
