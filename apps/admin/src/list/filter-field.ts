import type { KnownCard } from '../format/card-number';
import { money } from '../format/money';
import { dateAndTime, type TimeZone } from '../format/time';
import type { FilterValue, ListFilter, Operators } from '../providers/list-query';

/** A value that a field can have, and what it is called. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

interface Named {
  /** The member of the filter. */
  readonly name: string;
  readonly label: string;
  /** Whether the list can be asked for what is not so, and for what nothing is known of. */
  readonly unlike?: true;
}

/** What can be asked of a list, and how an operator says it. */
export type FilterField =
  | (Named & { readonly kind: 'words'; readonly choices: readonly Choice[] })
  /** Some merchants, looked for by name: there are more of them than one lists. */
  | (Named & { readonly kind: 'merchants' })
  /** One value, exactly or by its beginning. */
  | (Named & {
      readonly kind: 'text';
      readonly operator?: 'prefix' | 'contains';
      readonly hint?: string;
      readonly maxLength?: number;
      readonly isNumeric?: boolean;
    })
  | (Named & { readonly kind: 'flag'; readonly yes: string; readonly no: string })
  | (Named & { readonly kind: 'time' })
  /** Two members: the amount in minor units, and its currency. */
  | (Named & { readonly kind: 'amount'; readonly currencyName: string });

/** Lengths of time that are offered, the shortest first. */
export const LAST: readonly Choice[] = [
  { value: '15m', label: '15 minutes' },
  { value: '1h', label: 'hour' },
  { value: '24h', label: '24 hours' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
];

/** By these a list knows a card. */
export const CARD_MEMBERS: readonly (keyof KnownCard)[] = ['bin', 'last_four'];

/** The members of the filter that a field owns. */
export const membersOf = (field: FilterField): readonly string[] =>
  field.kind === 'amount' ? [field.name, field.currencyName] : [field.name];

/** The filter without what a field says in it. */
export function without(filter: ListFilter, field: FilterField): ListFilter {
  const gone = membersOf(field);
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !gone.includes(name)));
}

/** The values of a member that is one value or a list of them, as such or by the operators `eq` and `in`. */
export function valuesOf(value: FilterValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'object') return [String(value)];
  const { eq, in: list = [] } = operatorsOf(value);
  return eq === undefined ? list.map(String) : [String(eq)];
}

/** The operators of a member; none where it is a plain value. */
export const operatorsOf = (value: FilterValue | undefined): Operators =>
  typeof value === 'object' && !Array.isArray(value) ? (value as Operators) : {};

/** How a field is asked for. */
export type How = 'is' | 'is_not' | 'known' | 'unknown';

/** How a filter asks for a member; the exclusion where it does both. */
export function howOf(value: FilterValue | undefined): How {
  const { not_in: excluded, known } = operatorsOf(value);
  if (excluded !== undefined) return 'is_not';
  if (known === undefined) return 'is';
  return known ? 'known' : 'unknown';
}

/** The values that a member may not have. */
export const excludedOf = (value: FilterValue | undefined): readonly string[] =>
  (operatorsOf(value).not_in ?? []).map(String);

/** A member that is not asked for by what it is: by `excluded`, or by whether it is known. Undefined: by nothing. */
export function unlikeValue(how: Exclude<How, 'is'>, excluded: readonly string[]): FilterValue | undefined {
  if (how !== 'is_not') return { known: how === 'known' };
  return excluded.length === 0 ? undefined : { not_in: excluded };
}

/** What a filter says of a member, and besides it more operators: all of them must hold. */
export function narrowed(value: FilterValue | undefined, more: Operators): FilterValue {
  if (value === undefined) return more;
  if (Array.isArray(value)) return { in: value as readonly string[], ...more };
  return typeof value === 'object' ? { ...operatorsOf(value), ...more } : { eq: value, ...more };
}

type TextField = Extract<FilterField, { kind: 'text' }>;

/** What a filter says of a text field, to be changed: the part that is looked for, or all of it. */
export function textIn({ name, operator }: TextField, filter: ListFilter): string {
  const value = filter[name];
  const part = operator === undefined ? undefined : operatorsOf(value)[operator];
  return String(part ?? valuesOf(value)[0] ?? '');
}

/** A text field's value by what was typed; as it is where that says the same, so that who only looked has changed nothing. */
export function valueByText(field: TextField, text: string, filter: ListFilter): FilterValue | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  if (typed === textIn(field, filter)) return filter[field.name];
  return field.operator === undefined ? typed : { [field.operator]: typed };
}

/** Choices that have a text in their name; the one that it is the value of comes first. */
export function choicesWith(choices: readonly Choice[], text: string): readonly Choice[] {
  const wanted = text.trim().toLowerCase();
  const is = ({ value }: Choice): number => (value.toLowerCase() === wanted ? 0 : 1);
  return choices.filter(({ label }) => label.toLowerCase().includes(wanted)).sort((one, other) => is(one) - is(other));
}

/** What a merchant is called, by its id. */
export type NameOf = (id: string) => string;

/** What a filter says of a field, in words: `is Declined or Rejected`. Null when it says nothing. */
export function wordsOf(
  field: FilterField,
  filter: ListFilter,
  zone: TimeZone,
  nameOf: NameOf = (id) => id,
): string | null {
  const value = filter[field.name];
  if (value === undefined) return field.kind === 'amount' ? currencyWords(filter[field.currencyName]) : null;
  switch (field.kind) {
    case 'words':
      return valueWords(value, (one) => field.choices.find((choice) => choice.value === one)?.label ?? one);
    case 'merchants':
      return valueWords(value, nameOf);
    case 'text':
      return valueWords(value);
    case 'flag':
      return valuesOf(value)[0] === 'true' ? field.yes : field.no;
    case 'time':
      return timeWords(operatorsOf(value), zone);
    case 'amount':
      return amountWords(value, valuesOf(filter[field.currencyName])[0] ?? '');
  }
}

/** What a window of time is in UTC, for the hover; undefined where no instant stands in it. */
export function utcWordsOf(field: FilterField, filter: ListFilter): string | undefined {
  const { gte, lt } = operatorsOf(filter[field.name]);
  if (field.kind !== 'time' || (gte === undefined && lt === undefined)) return undefined;
  return `${wordsOf(field, filter, 'UTC') ?? ''} UTC`;
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function timeWords({ last, gte, lt }: Operators, zone: TimeZone): string {
  if (last !== undefined) return `in the last ${LAST.find(({ value }) => value === last)?.label ?? last}`;
  const words = [
    ...(gte === undefined ? [] : [`from ${dateAndTime(String(gte), zone)}`]),
    ...(lt === undefined ? [] : [`until ${dateAndTime(String(lt), zone)}`]),
  ];
  return words.join(' ');
}

/** All that is said of one value: what it is, and what not. */
function valueWords(value: FilterValue, called: (one: string) => string = (one) => one): string {
  const { prefix, contains } = operatorsOf(value);
  const values = valuesOf(value);
  return [
    ...(values.length === 0 ? [] : [`is ${list(values.map(called))}`]),
    ...(prefix === undefined ? [] : [`begins with ${prefix}`]),
    ...(contains === undefined ? [] : [`contains ${contains}`]),
    ...unlikeWords(value, called),
  ].join(', ');
}

function unlikeWords(value: FilterValue, called: (one: string) => string): string[] {
  const { known } = operatorsOf(value);
  const excluded = excludedOf(value);
  if (known === false) return ['is unknown'];
  if (excluded.length === 0) return known === undefined ? [] : ['is known'];
  return [`is ${known === undefined ? '' : 'known, but '}not ${list(excluded.map(called))}`];
}

/** Amounts of some currencies, whatever they are. */
function currencyWords(value: FilterValue | undefined): string | null {
  if (value === undefined) return null;
  const currencies = valuesOf(value);
  return currencies.length === 0 ? `in a currency that ${valueWords(value)}` : `in ${list(currencies)}`;
}

function amountWords(value: FilterValue, currency: string): string {
  const amount = (minor: unknown): string => money({ amountMinor: Number(minor), currency });
  const { gte, lte } = operatorsOf(value);
  if (gte !== undefined && lte !== undefined) return `is ${amount(gte)} to ${amount(lte)}`;
  if (gte !== undefined) return `is ${amount(gte)} or more`;
  return lte === undefined ? `is ${amount(valuesOf(value)[0])}` : `is ${amount(lte)} or less`;
}
