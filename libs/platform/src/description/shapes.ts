import { ID_PREFIXES, type IdKind } from '@app/kernel';

/** A JSON schema (draft 2020-12, the dialect of OpenAPI 3.1), as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Members = Readonly<Record<string, JsonSchema>>;

/** JSON schemas of what the admin API answers, in few words. */
export const shapes = {
  text: { type: 'string' },
  flag: { type: 'boolean' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  count: { type: 'integer', minimum: 0 },
  /** Of a thing that can be edited. */
  version: {
    type: 'integer',
    minimum: 1,
    description: 'One more with every change; an edit that names it changes no other',
  },
  /** ISO 8601, in UTC. */
  time: { type: 'string', format: 'date-time' },
  /** An object of which nothing more is promised. */
  object: { type: 'object', additionalProperties: true },
  country: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1, two letters' } as JsonSchema,
  id: (kind: IdKind): JsonSchema => ({ type: 'string', pattern: `^${ID_PREFIXES[kind]}_[a-z2-7]{26}$` }),
  oneOf: (words: readonly string[]): JsonSchema => ({ type: 'string', enum: [...words] }),
  listOf: (items: JsonSchema): JsonSchema => ({ type: 'array', items }),
  mapOf: (values: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: values }),
  orNull: (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] }),
  /** An object with all of `members`, with some of `optional`, and with nothing else. */
  whole: (members: Members, optional: Members = {}): JsonSchema => ({
    type: 'object',
    required: Object.keys(members),
    properties: { ...members, ...optional },
  }),
  /** Another schema of the document, by its name. */
  ref: (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` }),
  /** A schema with words for people. */
  told: (description: string, schema: JsonSchema): JsonSchema => ({ ...schema, description }),
} as const;
