import { countryNumeric, decodeId, holdsCardNumber } from '@app/kernel';
import { assertNone } from '../request/validation';
import { decodeCursor } from './cursor';
import type { FieldRule, FilterOperator, ListCondition, Listing, ListQuery } from './listing';

export const DEFAULT_LIMIT = 25;
export const MAX_LIMIT = 100;
/** Of the whole filter as text: the names of a hundred issuers fit in. */
const MAX_FILTER_LENGTH = 8_000;
/** Each field of the longest list once, and some twice. */
const MAX_CONDITIONS = 60;
export const MAX_VALUES = 100;
export const MAX_TEXT = 200;

const PARAMETERS = ['filter', 'sort', 'limit', 'after', 'fields'];

/** What is repeated in an error must be nothing but a name. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/;
/** ISO 8601 with a zone: without one nobody knows which instant is meant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

const COMPARISONS = ['gt', 'gte', 'lt', 'lte'] as const;
const UNLIKE = ['not_in', 'known'] as const;
const OPERATORS: Record<FieldRule['type'], readonly FilterOperator[]> = {
  text: ['eq', 'in'],
  digits: ['eq', 'in'],
  country: ['eq', 'in'],
  word: ['eq', 'in'],
  id: ['eq', 'in'],
  integer: ['eq', ...COMPARISONS],
  time: COMPARISONS,
  flag: ['eq'],
};

/**
 * Reads the query string of a list.
 *
 * `filter` is a JSON object. A member names a field; its value is what the field must be, a list of what it may be, or an
 * object of operators: `{"status": ["active"], "email": {"prefix": "ada"}, "created_at": {"gte": "2026-01-01T00:00:00Z"}}`.
 * All members must hold. `sort` is a name, with `-` in front for the other direction; `limit` is 1 to 100; `after` comes
 * from a page's `next` or `prev`; `fields` are names with commas between.
 * @param parameters the parsed query string
 * @throws InvalidRequest naming the parameter, and for filters the field: `filter_email_invalid`, `limit_invalid`
 */
export function parseListQuery<Field extends string, Sort extends string>(
  listing: Listing<Field, Sort>,
  parameters: Readonly<Record<string, unknown>>,
): ListQuery<Field, Sort> {
  const codes: string[] = [];
  if (Object.keys(parameters).some((name) => !PARAMETERS.includes(name))) codes.push('query_invalid');
  const text = (name: string): string | undefined => {
    const value = parameters[name];
    if (typeof value === 'string') return value === '' ? undefined : value;
    if (value !== undefined) codes.push(`${name}_invalid`);
    return undefined;
  };
  const conditions = readFilter(listing, text('filter'), codes);
  const sort = readSort(listing, text('sort'), codes);
  const limit = readLimit(text('limit'), codes);
  const cursor = text('after');
  const after = cursor === undefined ? null : decodeCursor(sort, cursor);
  if (cursor !== undefined && after === null) codes.push('after_invalid');
  const fields = readFields(listing, text('fields'), codes);
  assertNone(codes);
  return { conditions, sort, limit, after, fields };
}

function readFilter<Field extends string>(
  { filters }: Listing<Field>,
  text: string | undefined,
  codes: string[],
): ListCondition<Field>[] {
  if (text === undefined) return [];
  const filter = jsonObject(text);
  if (filter === null) {
    codes.push('filter_invalid');
    return [];
  }
  const conditions: ListCondition<Field>[] = [];
  for (const [name, value] of Object.entries(filter)) {
    const read = Object.hasOwn(filters, name) ? readField(name as Field, filters[name as Field], value) : null;
    if (read === null) codes.push(NAME.test(name) ? `filter_${name}_invalid` : 'filter_invalid');
    else conditions.push(...read);
  }
  // What made it too long is named where it is one field.
  const isTooLong = text.length > MAX_FILTER_LENGTH && codes.length === 0;
  if (isTooLong || conditions.length > MAX_CONDITIONS) codes.push('filter_invalid');
  return conditions;
}

/** Everything that the filter says of one field; null when any of it does not fit. */
function readField<Field extends string>(field: Field, rule: FieldRule, value: unknown): ListCondition<Field>[] | null {
  const conditions: ListCondition<Field>[] = [];
  for (const [name, wanted] of operatorsIn(value)) {
    const operator = operatorsOf(rule).find((known) => known === name);
    if (operator === undefined) return null;
    const values = operandsOf(rule, operator, wanted);
    if (values === null) return null;
    conditions.push({ field, operator, values });
  }
  return conditions.length > 0 ? conditions : null;
}

function operatorsIn(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return [['in', value]];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [['eq', value]];
}

/** By which operators a field can be asked. */
export function operatorsOf(rule: FieldRule): readonly FilterOperator[] {
  const also = rule.type === 'text' ? (rule.also ?? []) : [];
  return [...OPERATORS[rule.type], ...also, ...(rule.unlike ? UNLIKE : [])];
}

function operandsOf(rule: FieldRule, operator: FilterOperator, wanted: unknown): ListCondition['values'] | null {
  if (operator === 'known') return typeof wanted === 'boolean' ? [wanted] : null;
  return valuesOf(rule, operator === 'in' || operator === 'not_in' ? wanted : [wanted]);
}

function valuesOf(rule: FieldRule, values: unknown): ListCondition['values'] | null {
  if (!Array.isArray(values) || values.length === 0 || values.length > MAX_VALUES) return null;
  const read = values.map((value) => valueOf(rule, value));
  return read.includes(null) ? null : (read as ListCondition['values']);
}

function valueOf(rule: FieldRule, value: unknown): string | number | boolean | Date | null {
  switch (rule.type) {
    case 'flag':
      return typeof value === 'boolean' ? value : null;
    case 'integer':
      return Number.isSafeInteger(value) ? (value as number) : null;
    case 'id':
      return typeof value === 'string' ? decodeId(rule.kind, value) : null;
    case 'word':
      return typeof value === 'string' && rule.words.includes(value) ? value : null;
    case 'country':
      return typeof value === 'string' && countryNumeric(value) !== null ? value : null;
    case 'time':
      return typeof value === 'string' ? instant(value) : null;
    case 'digits':
      return typeof value === 'string' && isDigits(value, rule) ? value : null;
    case 'text': {
      const fits = typeof value === 'string' && value !== '' && value.length <= (rule.maxLength ?? MAX_TEXT);
      // Postgres has no text with NUL. A card number is refused loudly: it stands in an address, which others write down.
      return fits && !value.includes('\u0000') && !holdsCardNumber(value) ? value.toWellFormed() : null;
    }
  }
}

const isDigits = (text: string, { least, most }: { least: number; most: number }): boolean =>
  text.length >= least && text.length <= most && /^[0-9]+$/.test(text);

function instant(text: string): Date | null {
  const date = INSTANT.test(text) ? new Date(text) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}

function readSort<Sort extends string>(
  { sorts, defaultSort }: Listing<string, Sort>,
  text: string = defaultSort,
  codes: string[],
): ListQuery<string, Sort>['sort'] {
  const descending = text.startsWith('-');
  const name = text.slice(descending ? 1 : 0) as Sort;
  if (Object.hasOwn(sorts, name)) return { name, type: sorts[name], descending };
  codes.push('sort_invalid');
  return readSort({ sorts, defaultSort } as Listing<string, Sort>, defaultSort, codes);
}

function readLimit(text: string | undefined, codes: string[]): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  codes.push('limit_invalid');
  return DEFAULT_LIMIT;
}

function readFields({ members }: Listing, text: string | undefined, codes: string[]): readonly string[] | null {
  if (text === undefined) return null;
  const fields = text.split(',');
  if (fields.every((name) => members.includes(name))) return fields;
  codes.push('fields_invalid');
  return null;
}

function jsonObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null; // not JSON: refused like any other filter that does not fit
  }
}
