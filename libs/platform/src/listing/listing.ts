import type { IdKind } from '@app/kernel';

/**
 * The house's list dialect: `?filter&sort&limit&after&fields` in, `{data, next, prev}` out. A list declares here, as data,
 * what may be asked of it; `parseListQuery` reads a request by that, `listSql` makes SQL of it, `pageOf` the answer.
 */

/**
 * `eq` and `in`: is (one of); `not_in`: is none of, as what is not known is, too; `known`: whether it is; `prefix`: begins
 * with; `contains`: has in it, whatever the case; the others compare.
 */
export type FilterOperator = 'eq' | 'in' | 'not_in' | 'known' | 'prefix' | 'contains' | 'gt' | 'gte' | 'lt' | 'lte';

/** What values a field takes, and so by which operators it can be asked. */
export type FieldRule = Values & {
  /** Whether it can be asked by `not_in` and `known`. */
  readonly unlike?: true;
};

type Values =
  /** `prefix` and `contains` only where they are named: they need an index of their own. */
  | { readonly type: 'text'; readonly maxLength?: number; readonly also?: readonly ('prefix' | 'contains')[] }
  /** What a number begins with. */
  | { readonly type: 'digits'; readonly least: number; readonly most: number }
  /** Two letters of ISO 3166-1. */
  | { readonly type: 'country' }
  | { readonly type: 'word'; readonly words: readonly string[] }
  | { readonly type: 'id'; readonly kind: IdKind }
  | { readonly type: 'integer' }
  | { readonly type: 'time' }
  | { readonly type: 'flag' };

/** How the values of a sort compare. Only columns that are never null can be sorted by. */
export type SortType = 'text' | 'integer' | 'time' | 'id';

/** All that may be asked of one list. Names are those of the wire. */
export interface Listing<Field extends string = string, Sort extends string = string> {
  readonly filters: Readonly<Record<Field, FieldRule>>;
  readonly sorts: Readonly<Record<Sort, SortType>>;
  readonly defaultSort: Sort | `-${Sort}`;
  /** The members of an item, for `fields`; `id` is always there. */
  readonly members: readonly string[];
}

/** One thing that rows must fulfil. Ids are UUIDs by now, times are Dates. */
export interface ListCondition<Field extends string = string> {
  readonly field: Field;
  readonly operator: FilterOperator;
  readonly values: readonly (string | number | boolean | Date)[];
}

/** Where a page begins: behind (or before) the row with this value of the sort, and this id. */
export interface ListPosition {
  readonly backwards: boolean;
  /** As `listSql` has the database write it. */
  readonly key: string;
  /** UUID. */
  readonly id: string;
}

/** A checked request for a page of a list. */
export interface ListQuery<Field extends string = string, Sort extends string = string> {
  readonly conditions: readonly ListCondition<Field>[];
  readonly sort: { readonly name: Sort; readonly type: SortType; readonly descending: boolean };
  readonly limit: number;
  readonly after: ListPosition | null;
  /** Null: all members. */
  readonly fields: readonly string[] | null;
}

/** A page as it is answered. `next` and `prev` are the `after` of the neighbours; null where there is none. */
export interface ListPage<Item extends object = object> {
  readonly data: readonly Item[];
  readonly next: string | null;
  readonly prev: string | null;
}
