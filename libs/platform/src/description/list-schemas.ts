import { DEFAULT_LIMIT, MAX_LIMIT, MAX_VALUES, MAX_TEXT, operatorsOf } from '../listing/list-query';
import type { FieldRule, FilterOperator, Listing } from '../listing/listing';
import type { JsonSchema } from './shapes';
import { shapes } from './shapes';

/** The values of a field. */
const VALUES: { [T in FieldRule['type']]: (rule: Extract<FieldRule, { type: T }>) => JsonSchema } = {
  text: ({ maxLength = MAX_TEXT }) => ({ type: 'string', minLength: 1, maxLength }),
  digits: ({ least, most }) => ({ type: 'string', pattern: `^[0-9]{${least},${most}}$` }),
  country: () => shapes.country,
  word: ({ words }) => shapes.oneOf(words),
  id: ({ kind }) => shapes.id(kind),
  integer: () => shapes.integer,
  time: () => shapes.time,
  flag: () => shapes.flag,
};

const valueOf = <T extends FieldRule['type']>(rule: Extract<FieldRule, { type: T }>): JsonSchema =>
  VALUES[rule.type](rule);

/** What one field may be asked: a value, a list of values, or operators. */
function fieldSchema(rule: FieldRule): JsonSchema {
  const operators = operatorsOf(rule);
  const value = valueOf(rule);
  const list = { type: 'array', minItems: 1, maxItems: MAX_VALUES, items: value };
  const operandOf = (name: FilterOperator): JsonSchema => {
    if (name === 'known') return shapes.flag;
    return name === 'in' || name === 'not_in' ? list : value;
  };
  const byOperator = {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: Object.fromEntries(operators.map((name) => [name, operandOf(name)])),
  };
  return {
    anyOf: [...(operators.includes('eq') ? [value] : []), ...(operators.includes('in') ? [list] : []), byOperator],
  };
}

/** The filter of a list, as `parseListQuery` reads it. */
export const filterSchema = ({ filters }: Listing): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(Object.entries(filters).map(([name, rule]) => [name, fieldSchema(rule)])),
});

/** A parameter of the query string; `isJson` where its text is JSON of that schema. */
export interface ListParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly isJson?: true;
}

/** The query string of a list, as `parseListQuery` reads it. */
export const listParameters = (listing: Listing): readonly ListParameter[] => [
  {
    name: 'filter',
    description:
      'A JSON object: for each field what it must be, a list of what it may be, or an object of operators. All must hold.',
    schema: filterSchema(listing),
    isJson: true,
  },
  {
    name: 'sort',
    description: 'With `-` in front from the largest to the smallest',
    schema: {
      ...shapes.oneOf(Object.keys(listing.sorts).flatMap((name) => [name, `-${name}`])),
      default: listing.defaultSort,
    },
  },
  {
    name: 'limit',
    description: 'How many at most',
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
  },
  {
    name: 'after',
    description: 'The `next` or `prev` of a page, for the same order',
    schema: shapes.text,
  },
  {
    name: 'fields',
    description: `Members to show, with commas between; \`id\` is always there: ${listing.members.join(', ')}`,
    schema: shapes.text,
  },
];
